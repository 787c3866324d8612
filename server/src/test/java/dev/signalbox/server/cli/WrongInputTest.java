package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command says to somebody who asks it wrongly: on standard error, with a code that scripts can tell. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WrongInputTest {

    private static final int NOT_DONE = 1;
    private static final int NOT_UNDERSTOOD = 2;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Signalbox.line(new PrintStream(out, true), new PrintStream(err, true))
                .execute(arguments);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check", "targets", "init", "version", "warm-up"})
    void an_option_that_is_not_one_is_not_understood(String command) {
        assertThat(run(command, "--no-such-option")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(err()).contains("--no-such-option");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void a_command_that_is_not_one_is_not_understood() {
        assertThat(run("server")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(err()).contains("server");
    }

    @Test
    void a_second_port_that_is_in_use_is_told_by_its_option() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = Files.writeString(
                    folder.resolve("signalbox.yaml"),
                    "server: { port: 0, ollama-port: %d }\nbackends: { e: { type: echo } }\n"
                            .formatted(taken.getLocalPort()));
            assertThat(run("serve", "--config", file.toString())).isEqualTo(NOT_DONE);
            assertThat(err())
                    .contains("Port %d of 127.0.0.1 is in use.".formatted(taken.getLocalPort()))
                    .contains("Perhaps an Ollama has it", "server.ollama-port");
        }
    }

    @Test
    void a_port_that_is_no_number_is_not_understood() {
        assertThat(run("serve", "--port", "http")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(err()).contains("--port").contains("http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"70000", "-2"})
    void a_port_that_cannot_be_is_told(String port) {
        assertThat(run("serve", "--no-discovery", "--port=" + port)).isEqualTo(NOT_DONE);
        assertThat(err()).contains("--port is " + port).contains("0 to 65535").hasLineCount(1);
    }

    @Test
    void a_configuration_that_is_not_there_is_told_by_name() {
        String nowhere = folder.resolve("nowhere.yaml").toString();
        assertThat(run("check", "--config", nowhere)).isEqualTo(NOT_DONE);
        assertThat(run("serve", "--config", nowhere)).isEqualTo(NOT_DONE);
        assertThat(err()).contains(nowhere).doesNotContain("Exception");
    }

    @Test
    void init_overwrites_nothing() throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), "precious");
        assertThat(run("init", "--output", file.toString())).isEqualTo(NOT_DONE);
        assertThat(err()).contains("not overwritten").hasLineCount(1);
        assertThat(file).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "studio",
                "localhost:8484",
                "ftp://localhost",
                "http://",
                "http://a b",
                "http://localhost:99999",
                "http://localhost:8484/?a=b",
                " "
            })
    void an_address_that_is_not_one_is_told(String url) {
        assertThat(run("targets", "--url", url)).isEqualTo(NOT_DONE);
        assertThat(err())
                .contains("--url", "\"" + url + "\"", "http://127.0.0.1:8484")
                .hasLineCount(1);
    }

    @Test
    void a_host_that_nobody_knows_is_told() {
        String tooLong = "http://" + "x".repeat(64); // for the name of anything, so that nobody is asked for it
        assertThat(run("targets", "--url", tooLong)).isEqualTo(NOT_DONE);
        assertThat(err()).contains("no host of that name", tooLong);
    }

    @Test
    void a_key_that_cannot_be_sent_is_told_and_not_shown() {
        assertThat(run("targets", "--url", "http://127.0.0.1:1", "--key", "se\ncret"))
                .isEqualTo(NOT_DONE);
        assertThat(err()).contains("Authorization").doesNotContain("cret", "Something went wrong");
    }

    @Test
    void an_error_of_something_else_than_Signalbox_is_told_as_that() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.replies(404, "<h1>Not here</h1>");
            assertThat(run("targets", "--url", server.uri().toString())).isEqualTo(NOT_DONE);
            assertThat(err()).contains("404", "Is that a Signalbox?").doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "<h1>Welcome</h1>", ""})
    void an_answer_of_something_else_than_Signalbox_is_no_table(String answer) throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.replies(200, answer);
            assertThat(run("targets", "--url", server.uri().toString())).isEqualTo(NOT_DONE);
            server.replies(200, answer);
            assertThat(run("targets", "--json", "--url", server.uri().toString()))
                    .isEqualTo(NOT_DONE);
            assertThat(err()).contains("not what a Signalbox says", "targets").hasLineCount(2);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        }
    }

    @Test
    void something_that_does_not_speak_HTTP_is_told_as_that() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.replies(Reply.noise("SSH-2.0-OpenSSH_9.2\r\n"));
            assertThat(run("targets", "--url", server.uri().toString())).isEqualTo(NOT_DONE);
            assertThat(err()).contains("does not speak HTTP").doesNotContain("Exception");
        }
    }

    @Test
    void a_start_that_nobody_said_where_to_keep_is_told() {
        assertThat(run("warm-up")).isEqualTo(NOT_DONE);
        assertThat(err()).contains("bin/signalbox").hasLineCount(1);
    }
}
