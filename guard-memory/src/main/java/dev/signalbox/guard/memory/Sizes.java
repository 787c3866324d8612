package dev.signalbox.guard.memory;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** How much models take and how long they take to load: what is told, and what was learnt. Guarded by the residency's lock. */
final class Sizes {

    /** What servers need beside the file of a model whose context they do not tell: a fifth of it. */
    private static final long SHARE_FOR_CONTEXT = 5;

    /** Where nothing was learnt: about how fast disks are. */
    private static final double BYTES_A_NANO = 1.0;

    private final Map<Target, Long> seen = new HashMap<>();
    private final Map<Target, Duration> loads = new HashMap<>();

    /** What a model takes that is to be loaded. */
    Figure of(Target target, ModelInfo model, ModelInfo reported) {
        Figure told = reported(reported).or(() -> seen(target)).orElseGet(() -> file(model));
        return configured(model, reported).map(said -> said.orLarger(told)).orElse(told);
    }

    /** What a model takes of which its server says that it is loaded. */
    Figure of(Target target, ModelInfo model, ModelInfo reported, OptionalLong now) {
        if (now.isEmpty()) {
            return of(target, model, reported);
        }
        Figure told = new Figure(now.getAsLong(), Figure.Source.REPORTED);
        return configured(model, reported).map(said -> said.orLarger(told)).orElse(told);
    }

    void learn(Target target, OptionalLong bytes) {
        bytes.ifPresent(known -> seen.put(target, known));
    }

    void learn(Target target, Duration load) {
        loads.put(target, load);
    }

    Duration reload(Target target, long bytes) {
        return loads.getOrDefault(target, Duration.ofSeconds(1).plusNanos((long) (bytes / BYTES_A_NANO)));
    }

    private static Optional<Figure> configured(ModelInfo model, ModelInfo reported) {
        boolean said = model.memoryBytes().isPresent() && !model.memoryBytes().equals(reported.memoryBytes());
        return said
                ? Optional.of(new Figure(model.memoryBytes().getAsLong(), Figure.Source.CONFIGURED))
                : Optional.empty();
    }

    private static Optional<Figure> reported(ModelInfo reported) {
        return reported.memoryBytes().isPresent()
                ? Optional.of(new Figure(reported.memoryBytes().getAsLong(), Figure.Source.REPORTED))
                : Optional.empty();
    }

    private Optional<Figure> seen(Target target) {
        return Optional.ofNullable(seen.get(target)).map(bytes -> new Figure(bytes, Figure.Source.SEEN));
    }

    private static Figure file(ModelInfo model) {
        if (model.diskBytes().isEmpty()) {
            return Figure.UNKNOWN;
        }
        long file = model.diskBytes().getAsLong();
        boolean exact = model.tokenBytes().isPresent() && model.contextTokens().isPresent();
        long context = exact
                ? saturated(
                        model.tokenBytes().getAsLong(), model.contextTokens().getAsLong())
                : file / SHARE_FOR_CONTEXT;
        return new Figure(file + Math.min(context, Long.MAX_VALUE - file), Figure.Source.FILE);
    }

    /**
     * What a request adds to a model whose server did not take memory for its whole context when it was loaded; its tokens
     * are counted only then.
     */
    static long growth(ModelInfo model, ModelInfo reported, LongSupplier tokens) {
        return model.tokenBytes().isPresent() && reported.contextTokens().isEmpty()
                ? saturated(model.tokenBytes().getAsLong(), Math.max(0, tokens.getAsLong()))
                : 0;
    }

    private static long saturated(long one, long other) {
        return Math.multiplyHigh(one, other) == 0 && one * other >= 0 ? one * other : Long.MAX_VALUE / 4;
    }
}
