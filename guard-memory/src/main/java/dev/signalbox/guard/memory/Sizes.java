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
        OptionalLong wanted = context.isPresent() ? context : reported.contextTokens();
        Figure told = reported(reported)
                .map(figure -> wider(figure, target, model, loadedContext(reported), wanted))
                .or(() -> seen(target, model, wanted))
                .orElseGet(() -> file(target, model, context));
        return configured(model, reported)
                .map(said -> wider(said, target, model, model.contextTokens(), context)
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
                        wider(new Figure(then.bytes(), Figure.Source.SEEN), target, model, then.context(), context));
    }

    private Figure file(Target target, ModelInfo model, OptionalLong context) {
        long file = fileOf(target, model);
        if (file == 0) {
            return Figure.UNKNOWN;
        }
        OptionalLong tokens = context.isPresent() ? context : model.contextTokens();
        boolean exact = model.tokenBytes().isPresent() && tokens.isPresent();
        return exact
                ? new Figure(file, Figure.Source.FILE)
                        .plus(saturated(model.tokenBytes().getAsLong(), tokens.getAsLong()))
                : new Figure(file, Figure.Source.GUESSED).plus(TokenGuess.all(file, context.orElse(0)));
    }

    private long fileOf(Target target, ModelInfo model) {
        return model.diskBytes().orElseGet(() -> files.getOrDefault(target, 0L));
    }

    private Figure wider(Figure figure, Target target, ModelInfo model, OptionalLong from, OptionalLong to) {
        Figure more = figure.plus(context(target, model, from, to));
        boolean guessed = more.bytes() > figure.bytes() && model.tokenBytes().isEmpty();
        return guessed ? new Figure(more.bytes(), Figure.Source.GUESSED) : more;
    }

    /** What a larger context takes beyond a smaller one, if need be as a guess; nothing where somebody tells neither. */
    long context(Target target, ModelInfo model, OptionalLong from, OptionalLong to) {
        boolean isWider = from.isPresent() && to.isPresent() && to.getAsLong() > from.getAsLong();
        return isWider
                ? saturated(model.tokenBytes().orElseGet(() -> guess(target, model)), to.getAsLong() - from.getAsLong())
                : 0;
    }

    private long guess(Target target, ModelInfo model) {
        Seen then = seen.getOrDefault(target, new Seen(model.memoryBytes().orElse(0), OptionalLong.empty()));
        return TokenGuess.each(
                fileOf(target, model), then.bytes(), then.context().orElse(0));
    }

    /** With which context a model is in memory: where its server does not tell that apart, the one that requests have. */
    static OptionalLong loadedContext(ModelInfo model) {
        return model.loadedContext().isPresent() ? model.loadedContext() : model.contextTokens();
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
