package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Served;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
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

    @Test
    void targets_of_something_else_than_Signalbox_are_told_as_that() throws Exception {
        try (Served server = Served.of(FakeRouting.answering("{}"))) {
            assertThat(run("targets", "--url", server.uri("/nothing").toString()))
                    .isEqualTo(NOT_DONE);
            assertThat(err()).contains("404").doesNotContain("Exception");
        }
    }

    @Test
    void a_start_that_nobody_said_where_to_keep_is_told() {
        assertThat(run("warm-up")).isEqualTo(NOT_DONE);
        assertThat(err()).contains("bin/signalbox").hasLineCount(1);
    }
}
