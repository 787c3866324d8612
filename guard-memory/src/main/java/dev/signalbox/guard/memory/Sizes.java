package dev.signalbox.guard.memory;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.ModelLifecycle.Resident;
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

    /** So many models are remembered: somebody may let any be asked for. */
    private static final int MOST = 10_000;

    /** What a server said of a model that was loaded. */
    private record Seen(long bytes, OptionalLong context) {}

    private final Map<Target, Seen> seen = new HashMap<>();
    private final Map<Target, Long> files = new HashMap<>(); // some servers tell it of loaded models only
    private final Map<Target, Long> mostContext = new HashMap<>(); // where a server gave less than was wished
    private final Map<Target, Duration> loads = new HashMap<>();

    /**
     * What a model takes that is to be loaded.
     *
     * @param context with which context; empty: as its server likes
     */
    Figure of(Target target, ModelInfo model, ModelInfo reported, OptionalLong context) {
        Figure told = reported(reported)
                .map(figure -> figure.plus(context(model, reported.contextTokens(), context)))
                .or(() -> seen(target, model, context))
                .orElseGet(() -> file(target, context.isPresent() ? model.withContext(context.getAsLong()) : model));
        return configured(model, reported)
                .map(said -> said.plus(context(model, model.contextTokens(), context))
                        .orLarger(told))
                .orElse(told);
    }

    /** What a model takes of which its server says that it is loaded. */
    Figure of(Target target, ModelInfo model, ModelInfo reported, Resident now) {
        if (now.memoryBytes().isEmpty()) {
            return of(target, model, reported, now.contextTokens());
        }
        Figure told = new Figure(now.memoryBytes().getAsLong(), Figure.Source.REPORTED);
        return configured(model, reported).map(said -> said.orLarger(told)).orElse(told);
    }

    /** Remembers how large the file of a model is, if that is told now. */
    void learn(Target target, ModelInfo model) {
        model.diskBytes().ifPresent(bytes -> keep(files, target, bytes));
    }

    /** Remembers what a loaded model takes. */
    void learn(Target target, Resident now) {
        now.memoryBytes().ifPresent(bytes -> keep(seen, target, new Seen(bytes, now.contextTokens())));
        if (now.contextTokens().orElse(0) > mostContext.getOrDefault(target, Long.MAX_VALUE)) {
            mostContext.remove(target);
        }
    }

    /** Its server has loaded it with that context where more was wished: nobody need wish for more again. */
    void mostContext(Target target, long tokens) {
        keep(mostContext, target, tokens);
    }

    /** What is wished of a context, or what its server has shown to be the most. */
    OptionalLong possible(Target target, OptionalLong wished) {
        return wished.isEmpty()
                ? wished
                : OptionalLong.of(Math.min(wished.getAsLong(), mostContext.getOrDefault(target, Long.MAX_VALUE)));
    }

    /** A server is another one when it comes again. */
    void forgetContexts(String backend) {
        mostContext.keySet().removeIf(target -> target.backend().equals(backend));
    }

    private static <T> void keep(Map<Target, T> all, Target target, T known) {
        if (all.size() < MOST || all.containsKey(target)) {
            all.put(target, known);
        }
    }

    void learn(Target target, Duration load) {
        keep(loads, target, load);
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

    private Optional<Figure> seen(Target target, ModelInfo model, OptionalLong context) {
        return Optional.ofNullable(seen.get(target))
                .map(then ->
                        new Figure(then.bytes(), Figure.Source.SEEN).plus(context(model, then.context(), context)));
    }

    private Figure file(Target target, ModelInfo model) {
        long file = model.diskBytes().orElseGet(() -> files.getOrDefault(target, 0L));
        if (file == 0) {
            return Figure.UNKNOWN;
        }
        boolean exact = model.tokenBytes().isPresent() && model.contextTokens().isPresent();
        return exact
                ? new Figure(file, Figure.Source.FILE)
                        .plus(saturated(
                                model.tokenBytes().getAsLong(),
                                model.contextTokens().getAsLong()))
                : new Figure(file, Figure.Source.GUESSED).plus(file / SHARE_FOR_CONTEXT);
    }

    /** What a larger context takes beyond a smaller one; nothing where somebody does not tell. */
    static long context(ModelInfo model, OptionalLong from, OptionalLong to) {
        return model.tokenBytes().isPresent() && from.isPresent() && to.isPresent()
                ? saturated(model.tokenBytes().getAsLong(), Math.max(0, to.getAsLong() - from.getAsLong()))
                : 0;
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

    /** Their product, or more than any machine has. */
    static long saturated(long one, long other) {
        return Math.multiplyHigh(one, other) == 0 && one * other >= 0 ? one * other : Long.MAX_VALUE / 4;
    }
}
