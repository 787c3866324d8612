package dev.signalbox.server.cli;

import dev.signalbox.spi.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** What goes wrong with a command, as somebody can do something about it. */
final class Trouble extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Trouble whose message says what to do. */
    Trouble(String message) {
        super(message);
    }

    /** Writes it and gives the exit code. */
    static int told(Exception failure, CommandLine line, CommandLine.ParseResult ignored) {
        line.getErr().println(words(failure));
        return 1;
    }

    /** A port that cannot be listened on. */
    static Trouble listening(RuntimeException failure, String host, int port) {
        Optional<Throwable> bind = cause(failure, BindException.class);
        String why = bind.map(Throwable::getMessage).orElse(String.valueOf(failure.getMessage()));
        String seen = String.valueOf(why).toLowerCase(Locale.ROOT);
        if (seen.contains("in use")) {
            return new Trouble(
                    "Port %d of %s is in use. Perhaps Signalbox runs already; else choose another port with --port or server.port."
                            .formatted(port, host));
        }
        if (seen.contains("permission denied")) {
            return new Trouble(
                    "Port %d of %s may not be used by this user; ports from 1024 may. Choose one with --port or server.port."
                            .formatted(port, host));
        }
        return new Trouble(
                "Cannot listen on %s, port %d: %s. Give an address of this machine with --host or server.host."
                        .formatted(host, port, why));
    }

    private static String words(Exception failure) {
        return switch (failure) {
            case Trouble trouble -> String.valueOf(trouble.getMessage());
            case ConfigurationException wrong -> String.valueOf(wrong.getMessage());
            case UncheckedIOException io -> String.valueOf(io.getCause());
            case IOException io -> io.toString();
            default -> "Something went wrong that should not: " + failure;
        };
    }

    private static Optional<Throwable> cause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
