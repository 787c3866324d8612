package dev.signalbox.conformance;

import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.ScriptedRuntime;
import dev.signalbox.testkit.TestFactories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A running Signalbox before a double of every model server. There is one for all tests of a run that need none of their
 * own; what a test made go wrong is mended when it is over.
 */
final class Station implements AutoCloseable {

    /** A profile whose caller has used up what is his own. */
    static final String SPENT = "spent";

    /** What he is told. */
    static final String SHARE = "You have had your share.";

    private static final Answer GREEN = Answer.saying("All", " signals", " are", " green", ".");

    private final Runtimes runtimes = Runtimes.start();
    private final Signalbox signalbox;

    private Station() throws IOException {
        signalbox = Signalbox.guarded(TestFactories.guard("shares", new Shares()), """
                guards: { health: { action: off } }
                %s%s  %s: { chain: [ cloud/claude-test ] }
                """.formatted(
                        runtimes.configuration(), runtimes.more(), SPENT));
    }

    private static Station start() {
        try {
            return new Station();
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    /** Where clients ask. */
    Signalbox signalbox() {
        return signalbox;
    }

    /** The targets, one for each model server. */
    List<String> targets() {
        return runtimes.targets();
    }

    /** Those of them that can do this. */
    List<String> targets(Runtimes.Able able) {
        return runtimes.targets(able);
    }

    /** The model server behind a target. */
    ScriptedRuntime at(String target) {
        return runtimes.at(target);
    }

    /** From now on all model servers answer this. */
    void say(Answer answer) {
        runtimes.say(answer);
    }

    @Override
    public void close() {
        signalbox.close();
        runtimes.close();
    }

    /** Refuses those who have had theirs. */
    private record Shares() implements Guard {

        @Override
        public Ruling screen(Screening screening) {
            return screening.profile().equals(SPENT)
                    ? Ruling.refuse(
                            new Refusal(Refusal.Kind.OVER_BUDGET, SHARE, Optional.of(Duration.ofSeconds(6)), Map.of()))
                    : Ruling.pass();
        }
    }

    /** Hands the one station of a run to tests that ask for it. */
    static final class Shared implements ParameterResolver, AfterEachCallback {

        private static Station of(ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(Station.class))
                    .computeIfAbsent(Station.class, key -> start(), Station.class);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().equals(Station.class);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return of(context);
        }

        @Override
        public void afterEach(ExtensionContext context) {
            of(context).runtimes.recover();
            of(context).say(GREEN);
        }
    }
}
