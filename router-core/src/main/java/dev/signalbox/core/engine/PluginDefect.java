package dev.signalbox.core.engine;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.FailureKind;
import dev.signalbox.core.dialect.ReadingRefused;
import dev.signalbox.spi.Failure;
import java.util.function.Supplier;

/** A plugin threw where it must not, or answered nothing: its own bug, told by name and never papered over. */
final class PluginDefect extends RuntimeException {

    /** What is said of a plugin that answers nothing. */
    static final String NULL = "it answered null";

    private static final long serialVersionUID = 1L;

    PluginDefect(Object who, Throwable bug) {
        super("%s failed: %s".formatted(who, bug), bug);
    }

    /** Asks a plugin something that it answers at once; who it is, is only put into words where it fails. */
    static <T> T guarded(Object who, Supplier<T> question) {
        try {
            return requireNonNull(question.get(), NULL);
        } catch (Throwable thrown) {
            throw of(who, thrown);
        }
    }

    /** What a plugin threw, as its own bug; throws on what is none. */
    static PluginDefect of(Object who, Throwable thrown) {
        if (thrown instanceof ReadingRefused others) {
            throw others;
        }
        throwIfFatal(thrown);
        return new PluginDefect(who, thrown);
    }

    /** Throws on what is nobody's bug, such as that there is no memory. A stack overflows by whoever calls without end. */
    static void throwIfFatal(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    /** What a client is told of it. */
    Failure failure() {
        return Failure.of(FailureKind.DEFECT, String.valueOf(getMessage()));
    }
}
