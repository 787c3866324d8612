package dev.signalbox.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Does what the page on writing a backend says, as a stranger would: with a project of its own, a local repository that
 * knows of us only what was installed into it, and a distribution that is unpacked and gets one more jar.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BackendPageIT {

    private final Path stranger = Path.of("target/stranger").toAbsolutePath();
    private final Path project = stranger.resolve("backend-shout");
    private final Path signalbox = stranger.resolve("signalbox-" + Stranger.VERSION);
    private Document page;

    @BeforeEach
    void read_the_page() throws Exception {
        page = Document.read(Document.ROOT.resolve("docs/plugins/backend.md"));
        Stranger.empty(stranger);
    }

    @Test
    void a_stranger_builds_installs_and_uses_the_backend_of_the_page() throws Exception {
        Stranger.install(stranger.resolve("repository"), "router-api", "router-testkit", "backend-http");
        page.writeFiles(project);
        Stranger.maven(project, stranger.resolve("repository"), "package");
        assertThat(Stranger.testsRun(project)).as("tests of the contracts").isGreaterThan(50);

        Stranger.run(stranger, Map.of(), "tar", "-xzf", Stranger.archive().toString());
        Files.copy(project.resolve("target/backend-shout-1.0.jar"), signalbox.resolve("plugins/backend-shout-1.0.jar"));
        assertShouts();
    }

    private void assertShouts() throws Exception {
        try (ScriptedOpenAi gpu = ScriptedOpenAi.start().serving("qwen3-coder-30b")) {
            String yaml =
                    page.only("yaml").replace("http://gpu.local:8000", gpu.uri().toString());
            Files.writeString(stranger.resolve("signalbox.yaml"), yaml);
            Path program = signalbox.resolve("bin/signalbox");
            Stranger.run(stranger, Map.of(), program.toString(), "check");
            try (Stranger.Serving server = Stranger.serve(stranger, program)) {
                HttpResponse<String> answer = Curl.run(page.curl(), server.uri());

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.headers().firstValue("X-Signalbox-Target")).contains("loud/qwen3-coder-30b");
                assertThat(gpu.server().requests())
                        .filteredOn(request -> request.method().equals("POST"))
                        .extracting(ReceivedRequest::text)
                        .singleElement()
                        .asString()
                        .contains("Say hello", "Answer in capital letters, and briefly.");
            }
        }
    }
}
