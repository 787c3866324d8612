package dev.signalbox.guard.memory;

import dev.signalbox.spi.Failure;
import java.util.regex.Pattern;

/** What the words of a server that ran out of memory tell of how far that reaches. Words, not parts of words. */
final class Saying {

    /** No prompt is to blame where the model did not even get in. */
    private static final Pattern MODEL =
            words("load(ing|ed)?", "requires more", "to start", "weights", "allocat(e|ing|ed|ion) .{0,60}model");

    /** Not one model but the machine has none left. */
    private static final Pattern MACHINE = words(
            "system is out of memory",
            "insufficient system (resources|memory)",
            "(host|physical|virtual) memory",
            "machine is out of memory",
            "cannot allocate memory",
            "oom[- ]kill(er|ed)?");

    private Saying() {}

    /** Whether it failed before a prompt mattered. */
    static boolean ofTheModel(Failure failure) {
        return MODEL.matcher(failure.message()).find();
    }

    /** Whether everything on the machine is in trouble. */
    static boolean ofTheMachine(Failure failure) {
        return MACHINE.matcher(failure.message()).find();
    }

    private static Pattern words(String... any) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])(" + String.join("|", any) + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
