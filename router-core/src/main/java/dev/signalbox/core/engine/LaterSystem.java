package dev.signalbox.core.engine;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Failure;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Learns which models refuse to hear the system in the middle of a conversation: many templates know it at the start only. */
final class LaterSystem {

    /** What servers call it that cannot write a prompt by the model's template. */
    private static final Set<FailureKind> REFUSALS =
            EnumSet.of(FailureKind.REJECTED, FailureKind.UNSUPPORTED, FailureKind.SERVER_ERROR);

    private LaterSystem() {}

    /** Whether a failure may come of it, and a second try with the user in the system's place may help. */
    static boolean refused(Contender contender, Failure failure) {
        String said = failure.message().toLowerCase(Locale.ROOT);
        return REFUSALS.contains(failure.kind())
                && failure.status() > 0
                && (said.contains("system") || said.contains("role"))
                && contender.member().mayHearSystemFirstOnly(contender.target().model())
                && contender.journey().request().hasLaterSystem();
    }

    /** The second try has helped. */
    static void learn(Contender contender) {
        contender.member().heardSystemFirstOnly(contender.target().model());
        contender
                .journey()
                .note(
                        "engine",
                        contender.target() + " refuses to hear the system in the middle of a conversation;"
                                + " the user says it from now on, at the same place");
    }
}
