package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.PrintedCurl;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does who has just unpacked it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FirstRunIT {

    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void the_line_that_it_prints_is_answered_as_it_stands() throws Exception {
        try (RunningServer server = Distribution.unpackedIn(folder).serve("--no-discovery")) {
            await().atMost(A_BUSY_MACHINE).until(() -> server.err().contains("Say hello"));

            assertThat(PrintedCurl.in(server.err()).run()).contains("Say hello", "\"finish_reason\":\"stop\"");
            assertThat(server.out()).isEmpty();
            assertThat(server.err()).doesNotContain("SLF4J");
        }
    }
}
