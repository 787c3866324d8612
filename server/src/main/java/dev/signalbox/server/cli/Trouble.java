package dev.signalbox.server.cli;

import dev.signalbox.server.listen.Listening;
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
    static Trouble listening(RuntimeException failure, Listening listening, int port) {
        String host = listening.host();
        String option = listening.saidBy(port);
        Optional<Throwable> bind = cause(failure, BindException.class);
        String why = bind.map(Throwable::getMessage).orElse(String.valueOf(failure.getMessage()));
        String seen = String.valueOf(why).toLowerCase(Locale.ROOT);
        if (seen.contains("in use")) {
            boolean ollama = listening.ollamaPort().filter(own -> own == port).isPresent();
            String who = ollama
                    ? "Perhaps an Ollama has it: OLLAMA_HOST=127.0.0.1:11435 has it listen elsewhere;"
                    : "Perhaps Signalbox runs already;";
            return new Trouble(
                    "Port %d of %s is in use. %s else choose another port with %s.".formatted(port, host, who, option));
        }
        if (seen.contains("permission denied")) {
            return new Trouble("Port %d of %s may not be used by this user; ports from 1024 may. Choose one with %s."
                    .formatted(port, host, option));
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
