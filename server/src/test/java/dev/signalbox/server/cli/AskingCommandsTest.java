package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Configured;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AskingCommandsTest {

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Configured all;

    @BeforeEach
    void start() throws Exception {
        all = Configured.by("""
                backends:
                  shaky: { type: echo, fail: { kind: overloaded } }
                  good: { type: echo }
                profiles:
                  coding: { chain: [ shaky/demo, good/demo ] }
                  pictures: { chain: [ good/demo ] }
                rules:
                  - { when: { has-image: yes }, use: pictures }
                default: coding
                """);
    }

    @AfterEach
    void stop() {
        all.close();
    }

    private int run(String... words) {
        String[] line = Stream.concat(
                        Stream.of(words),
                        Stream.of("--url", all.server().uri("").toString()))
                .toArray(String[]::new);
        return Signalbox.line(
                        new PrintStream(results, true, StandardCharsets.UTF_8),
                        new PrintStream(messages, true, StandardCharsets.UTF_8))
                .execute(line);
    }

    private String printed() {
        return results.toString(StandardCharsets.UTF_8);
    }

    private String told() {
        return messages.toString(StandardCharsets.UTF_8);
    }

    private Path body(String json) throws Exception {
        return Files.writeString(folder.resolve("body.json"), json);
    }

    @Test
    void explain_says_where_a_request_would_go_and_why() throws Exception {
        Path body = body("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(run("explain", "--body", body.toString())).isZero();
        assertThat(printed())
                .contains("decided by default: profile coding")
                .containsPattern("rule 1 +no +has-image")
                .containsPattern("shaky/demo +admitted")
                .containsPattern("good/demo +admitted");
    }

    @Test
    void explain_takes_headers_and_dialects_and_prints_json() throws Exception {
        Path body = body("{\"prompt\":\"Hi\"}");
        assertThat(run(
                        "explain",
                        "--body",
                        body.toString(),
                        "--dialect",
                        "ollama.generate",
                        "-H",
                        "X-Signalbox-Profile=pictures",
                        "--json"))
                .isZero();
        assertThat(printed()).contains("\"profile\":\"pictures\"", "\"dialect\":\"ollama.generate\"");
    }

    @Test
    void explain_tells_what_is_wrong_with_its_words() throws Exception {
        assertThat(run("explain")).isNotZero();
        assertThat(told()).contains("--body");
        assertThat(run("explain", "--body", folder.resolve("nobody").toString()))
                .isNotZero();
        assertThat(told()).contains("nobody");
        assertThat(run("explain", "--body", body("{}").toString(), "-H", "Host=x"))
                .isNotZero();
        assertThat(told()).contains("The header Host cannot be sent");
        assertThat(run("explain", "--body", body("{}").toString(), "--dialect", "openai.chta"))
                .isNotZero();
        assertThat(told()).contains("openai.chat");
    }

    @Test
    void trace_says_why_a_request_went_where_it_went() throws Exception {
        HttpResponse<String> answer = all.chat("auto", "Hi");
        String id = answer.headers().firstValue("X-Signalbox-Trace").orElseThrow();
        assertThat(run("trace", id)).isZero();
        assertThat(printed())
                .contains("answered by good/demo after")
                .containsPattern("shaky/demo +overloaded")
                .containsPattern("good/demo +answered");
    }

    @Test
    void trace_lists_the_last_requests() throws Exception {
        all.chat("auto", "Hi");
        all.chat("nobody", "Hi");
        assertThat(run("trace")).isZero();
        assertThat(printed()).contains("nobody", "refused", "good/demo", "answered");
    }

    @Test
    void a_trace_that_is_gone_is_told() {
        assertThat(run("trace", "0123")).isNotZero();
        assertThat(told()).contains("404", "There is no trace \"0123\"");
    }

    @Test
    void any_other_word_prints_the_report_of_that_name() {
        assertThat(run("memory")).isZero();
        assertThat(printed()).contains("hosts: none").contains("cool downs: none");
    }

    @Test
    void a_report_lists_the_same_things_as_a_table() throws Exception {
        all.chat("auto", "Hi");
        assertThat(run("health")).isZero();
        assertThat(printed()).containsPattern("name +state +failures").containsPattern("good/demo +healthy +0");
    }

    @Test
    void a_report_is_printed_as_json_too() {
        assertThat(run("memory", "--json")).isZero();
        assertThat(printed()).contains("\"hosts\":[]");
    }

    @Test
    void a_word_that_is_neither_a_command_nor_a_report_is_told_with_the_reports_there_are() {
        assertThat(run("wombat")).isEqualTo(1);
        assertThat(told()).contains("\"wombat\" is no command", "There is no report \"wombat\". Known: health, memory");
        assertThat(run("memry")).isEqualTo(1);
        assertThat(told()).contains("Did you mean \"memory\"? Known: health, memory");
    }

    @Test
    void a_slip_in_a_command_is_told_as_one() {
        assertThat(run("target")).isEqualTo(2);
        assertThat(told()).contains("\"target\" is no command. Did you mean \"targets\"?");
    }

    @Test
    void help_says_that_there_are_reports_and_does_so_once() {
        assertThat(Signalbox.line(
                                new PrintStream(results, true, StandardCharsets.UTF_8),
                                new PrintStream(messages, true, StandardCharsets.UTF_8))
                        .execute("--help"))
                .isZero();
        assertThat(printed()).containsOnlyOnce("signalbox memory");
        results.reset();
        assertThat(run("targets", "--help")).isZero();
        assertThat(printed()).contains("targets").doesNotContain("signalbox memory");
    }

    @Test
    void every_command_tells_its_options_and_the_version() {
        assertThat(help("serve"))
                .contains("serve [-hV]", "--config=FILE", "--host=<host>", "--port=<port>", "--state-dir=DIR")
                .contains("--no-discovery", "--cache-dir=DIR", "--no-start-cache")
                .contains("Runs the server.");
        assertThat(help("check")).contains("check [-hV]", "--strict", "--cache-dir=DIR");
        assertThat(run("serve", "--version")).isZero();
        assertThat(printed()).startsWith("signalbox ").hasLineCount(1);
    }

    private String help(String command) {
        results.reset();
        assertThat(run(command, "--help")).isZero();
        String said = printed();
        results.reset();
        return said;
    }

    @Test
    void targets_are_told_as_a_table_and_as_json() {
        assertThat(run("targets")).isZero();
        assertThat(printed()).containsPattern("good/demo +echo");
        assertThat(run("targets", "--json")).isZero();
        assertThat(printed()).contains("\"targets\":[");
    }
}
