package dev.signalbox.guard.memory.machine;

import dev.signalbox.api.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the small programs that tell what a machine has. */
public interface Commands {

    /** What a program writes; empty if it is not there, fails, or takes too long. Blocks until then at most. */
    Optional<String> run(List<String> command, Deadline deadline) throws InterruptedException;

    /** Lets time pass before they are asked again. */
    default void rest(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    /** Really runs them, and reads no more than 64 KiB of what they write. */
    Commands REAL = Commands::really;

    private static Optional<String> really(List<String> command, Deadline deadline) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException notThere) {
            return Optional.empty();
        }
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            // what fits into the pipe is written before it ends; more than that is not what was asked for
            if (!process.waitFor(deadline.remainingNanos(), TimeUnit.NANOSECONDS) || process.exitValue() != 0) {
                return Optional.empty();
            }
            return Optional.of(new String(out.readNBytes(64 * 1024), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            return Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }
}
