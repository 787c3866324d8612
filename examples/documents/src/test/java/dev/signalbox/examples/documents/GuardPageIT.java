package dev.signalbox.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Does what the page on writing a guard says, as a stranger would. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GuardPageIT {

    private final Path stranger = Path.of("target/stranger-guard").toAbsolutePath();
    private final Path project = stranger.resolve("guard-pace");
    private final Path signalbox = stranger.resolve("signalbox-" + Stranger.VERSION);

    @Test
    void a_stranger_builds_installs_and_uses_the_guard_of_the_page() throws Exception {
        Document page = Document.read(Document.ROOT.resolve("docs/plugins/guard.md"));
        Stranger.empty(stranger);
        Stranger.install(stranger.resolve("repository"), "router-api", "router-testkit");
        page.writeFiles(project);
        Stranger.maven(project, stranger.resolve("repository"), "package");
        assertThat(Stranger.testsRun(project)).as("tests of the contracts").isGreaterThan(20);

        Stranger.run(stranger, Map.of(), "tar", "-xzf", Stranger.archive().toString());
        Files.copy(project.resolve("target/guard-pace-1.0.jar"), signalbox.resolve("plugins/guard-pace-1.0.jar"));
        assertKeepsPace(page);
    }

    private void assertKeepsPace(Document page) throws Exception {
        Files.writeString(stranger.resolve("signalbox.yaml"), page.only("yaml"));
        Path program = signalbox.resolve("bin/signalbox");
        Stranger.run(stranger, Map.of(), program.toString(), "check");
        try (Stranger.Serving server = Stranger.serve(stranger, program)) {
            assertThat(target(Curl.run(page.curl(), server.uri()))).isEqualTo("near/demo");
            assertThat(target(Curl.run(page.curl(), server.uri()))).isEqualTo("far/demo");
            String report = "curl http://127.0.0.1:8484/signalbox/reports/pace";
            assertThat(Curl.run(report, server.uri()).body()).contains("\"far/demo\":1", "\"near/demo\":1");
        }
    }

    private static String target(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("X-Signalbox-Target").orElse("nothing");
    }
}
