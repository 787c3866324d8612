package dev.signalbox.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Builds the example of a matcher as a stranger would, puts it into a distribution and routes by it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MatcherExampleIT {

    private static final Path EXAMPLE = Document.ROOT.resolve("examples/matcher");

    private final Path stranger = Path.of("target/stranger-matcher").toAbsolutePath();
    private final Path project = stranger.resolve("matcher");
    private final Path signalbox = stranger.resolve("signalbox-" + Stranger.VERSION);

    @Test
    void a_stranger_builds_installs_and_routes_by_the_matcher() throws Exception {
        Stranger.empty(stranger);
        Stranger.install(stranger.resolve("repository"), "router-api", "router-testkit");
        copy("pom.xml");
        copy("src");
        Stranger.maven(project, stranger.resolve("repository"), "package");
        assertThat(Stranger.testsRun(project)).as("tests of the contracts").isGreaterThan(9);

        Stranger.run(stranger, Map.of(), "tar", "-xzf", Stranger.archive().toString());
        Files.copy(
                project.resolve("target/matcher-shouting-1.0.jar"),
                signalbox.resolve("plugins/matcher-shouting-1.0.jar"));
        assertRoutes(Document.read(EXAMPLE.resolve("README.md")));
    }

    private void assertRoutes(Document page) throws Exception {
        Files.writeString(stranger.resolve("signalbox.yaml"), page.only("yaml"));
        Path program = signalbox.resolve("bin/signalbox");
        Stranger.run(stranger, Map.of(), program.toString(), "check");
        try (Stranger.Serving server = Stranger.serve(stranger, program)) {
            HttpResponse<String> answer = Curl.run(page.curl(), server.uri());
            HttpResponse<String> calm =
                    Curl.run(page.curl().replace("WHY DOES IT NOT WORK?", "Why not?"), server.uri());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat("X-Signalbox-Target: " + target(answer)).isEqualTo(page.only(""));
            assertThat(target(calm)).isEqualTo("echo/calm");
        }
    }

    private static String target(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Signalbox-Target").orElse("nothing");
    }

    private void copy(String name) throws IOException {
        try (Stream<Path> found = Files.walk(EXAMPLE.resolve(name))) {
            List<Path> files = found.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                Path there = project.resolve(EXAMPLE.relativize(file).toString());
                Files.createDirectories(there.getParent());
                Files.copy(file, there);
            }
        }
    }
}
