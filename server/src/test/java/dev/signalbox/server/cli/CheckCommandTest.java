package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CheckCommandTest {

    private final StringWriter told = new StringWriter();

    private int check(Path file, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--config", file.toString()));
        arguments.addAll(List.of(more));
        return new CommandLine(new CheckCommand())
                .setErr(new PrintWriter(told, true))
                .setOut(new PrintWriter(told, true))
                .setExecutionExceptionHandler(Trouble::told)
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void tells_what_the_environment_lacks_and_every_other_problem_in_one_report(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), """
                server: { port: "${SIGNALBOX_TEST_UNSET}", hots: x }
                callers: { alice: { key: "${SIGNALBOX_TEST_UNSET}" } }
                backends: { a: { type: ehco } }
                """);
        assertThat(check(file)).isEqualTo(1);
        assertThat(told.toString())
                .contains("has 4 problems")
                .containsSubsequence(
                        "server.hots",
                        "server.port",
                        "SIGNALBOX_TEST_UNSET is not set",
                        "callers.alice.key",
                        "SIGNALBOX_TEST_UNSET is not set",
                        "backends.a.type",
                        "Did you mean \"echo\"?");
    }

    @Test
    void tells_what_backends_have_against_their_options_once_they_are_made(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), """
                backends:
                  a: { type: openai, base-url: "http://127.0.0.1:1/v1", headers: { "no name": x } }
                  b: { type: openai, base-url: "https://127.0.0.1:1/v1", trust-store: nowhere.pem }
                  c: { type: openai, base-url: "http://127.0.0.1:1/v1", proxy: "http://127.0.0.1:2" }
                """);
        assertThat(check(file)).isEqualTo(1);
        assertThat(told.toString())
                .contains("has 3 problems", "backends.a.headers", "nowhere.pem", "backends.c.proxy")
                .contains("transport: webclient");
    }

    @Test
    void a_backend_that_is_this_server_itself_is_wrong(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), """
                server: { port: 8000, ollama-port: 11434 }
                backends:
                  laptop: { type: ollama }
                  gpu: { type: openai, base-url: "http://[::1]:8000/v1" }
                  studio: { type: ollama, base-url: "http://studio.local:11434" }
                  beside: { type: ollama, base-url: "http://localhost:11435" }
                """);
        assertThat(check(file)).isEqualTo(1);
        assertThat(told.toString())
                .contains("has 2 problems", "backends.laptop.base-url", "backends.gpu.base-url")
                .contains("localhost:11434 is where this server listens itself (server.ollama-port)")
                .contains("[::1]:8000 is where this server listens itself (--port or server.port)");
    }

    @Test
    void tells_what_backends_have_against_their_options_beside_what_the_options_tell(@TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), """
                backends:
                  a: { type: echo, capabilities: { tools: perhaps, sight: yes } }
                  b: { type: openai, base-url: "http://127.0.0.1:1/v1", headers: { "no name": x } }
                  c: { type: openai, base-url: "http://127.0.0.1:1/v1", headers: { "no name": x }, tiemout: 1 }
                """);
        assertThat(check(file)).isEqualTo(1);
        assertThat(told.toString())
                .contains("has 4 problems")
                .containsSubsequence(
                        "backends.a.capabilities.tools",
                        "backends.a.capabilities.sight",
                        "\"sight\" is not a capability")
                .containsSubsequence("backends.b.headers", "backends.c.tiemout")
                .doesNotContain("backends.c.headers");
    }

    @Test
    void a_way_on_that_leads_back_is_wrong_and_told_with_its_line(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), """
                backends: { a: { type: echo } }
                profiles:
                  short: { chain: a/demo, on: { context-overflow: long } }
                  long:
                    chain: a/demo
                    on: { unreachable: short }
                default: short
                """);
        assertThat(check(file)).isEqualTo(1);
        assertThat(told.toString())
                .contains(
                        "has 1 problem.", file + ":6  profiles.long.on", "leads back to itself: long -> short -> long");
    }

    @Test
    void warns_of_what_does_not_do_what_it_says_and_fails_for_it_if_it_is_to_be_strict(@TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), """
                backends: { a: { type: echo } }
                rules:
                  - { when: { has-tools: yes }, use: a/demo }
                  - { when: { has-tools: yes, streaming: yes }, use: a/demo }
                """);
        assertThat(check(file)).isZero();
        assertThat(told.toString()).contains("Warning: " + file + ":4  rules[2]", "never decides", "can be used");
        assertThat(check(file, "--strict")).isEqualTo(1);
    }

    @Test
    void what_may_be_meant_is_noted_and_never_fails(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), """
                backends: { a: { type: echo } }
                profiles: { coding: { chain: a/demo }, writing: { chain: a/demo } }
                default: writing
                """);
        assertThat(check(file, "--strict")).isZero();
        assertThat(told.toString()).contains("Note: " + file + ":2  profiles.coding", "is right");
    }

    @Test
    void says_so_if_nothing_is_wrong(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), "backends: { a: { type: echo } }");
        assertThat(check(file)).isZero();
        assertThat(told.toString()).contains("is right");
    }

    @Test
    void a_file_that_names_nobody_to_answer_is_noted(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), "# all comments\n");
        assertThat(check(file)).isZero();
        assertThat(told.toString()).contains("Note: " + file + "  backends", "no backend is configured", "is right");
        assertThat(check(file, "--strict")).isZero();
    }
}
