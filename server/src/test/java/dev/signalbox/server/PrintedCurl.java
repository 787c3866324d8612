package dev.signalbox.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that a server prints when it begins, for whoever reads it to run.
 *
 * @param line as it stands there, perhaps over several lines
 */
public record PrintedCurl(String line) {

    private static final Pattern LINE = Pattern.compile("(?m)^ *curl (?:.*\\\\\\R)*.*$");
    private static final int PATIENCE = 60; // seconds

    /** The one in what the server said. */
    public static PrintedCurl in(String said) {
        Matcher line = LINE.matcher(said);
        assertThat(line.find()).as("a line in: %s", said).isTrue();
        return new PrintedCurl(line.group());
    }

    /** Has a shell run it, and returns what it writes to standard output. */
    public String run() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/curl")).exists();
        Process shell = new ProcessBuilder("/bin/sh", "-c", line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String answer = new String(shell.getInputStream().readAllBytes(), UTF_8);
            assertThat(shell.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
            assertThat(shell.exitValue()).as("what \"%s\" ends with", line).isZero();
            return answer;
        } finally {
            shell.destroyForcibly();
        }
    }
}
