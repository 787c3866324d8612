package dev.signalbox.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the texts of requests take of the memory. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadingsTest {

    private static final int MIB = 1 << 20;

    private final AtomicInteger opened = new AtomicInteger();
    private boolean mayWait = true;
    private final Readings readings = new Readings(32 * MIB, () -> mayWait);

    /** A body that tells how often it is read. */
    private record Counted(Body body, AtomicInteger opened) implements Body {
        @Override
        public long size() {
            return body.size();
        }

        @Override
        public InputStream open() throws IOException {
            opened.incrementAndGet();
            return body.open();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            body.writeTo(out);
        }

        @Override
        public void close() {
            body.close();
        }
    }

    private ParsedRequest chat(String content) throws Exception {
        return request(
                Dialect.OPENAI_CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(content));
    }

    private ParsedRequest request(Dialect dialect, String json) throws Exception {
        return request(RouteRequest.of(dialect, new Counted(Body.of(json), opened)));
    }

    private ParsedRequest request(RouteRequest asked) throws Exception {
        ParsedRequest request = RequestReader.read(asked, readings);
        opened.set(0);
        return request;
    }

    @Test
    void what_is_said_in_a_small_body_is_read_once_and_kept() throws Exception {
        ParsedRequest request = chat("Hello");
        assertThat(request.lastUserText()).isEqualTo("Hello");
        int once = opened.get();
        assertThat(request.wholeText()).isSameAs(request.wholeText()).isEqualTo("Hello");
        assertThat(opened).hasValue(once);
        assertThat(readings.kept()).isPositive();
    }

    @Test
    void only_the_messages_that_are_asked_for_are_decoded() throws Exception {
        String said = "{\"role\":\"%s\",\"content\":\"%s\"}";
        String others = (said.formatted("assistant", "x".repeat(2_000)) + ",").repeat(50);
        ParsedRequest request = request(
                Dialect.OPENAI_CHAT,
                "{\"messages\":[%s%s]}".formatted(others, said.formatted("user", "y".repeat(2_000))));
        assertThat(request.lastUserText()).isEqualTo("y".repeat(2_000));
        assertThat(opened).hasValue(2);
        assertThat(request.messages())
                .hasSize(51)
                .last()
                .matches(last -> last.text().startsWith("y"));
        assertThat(opened).hasValue(52);
    }

    @Test
    void texts_are_what_was_written_whatever_stands_around_them() throws Exception {
        ParsedRequest request = request(Dialect.OPENAI_CHAT, """
                {"user": "%s", "messages": [
                  {"role": "system", "content": ""   },
                  {"content":"first \\"quoted\\" \\u00e9\\n→ \\ud83d\\ude00 \\\\", "role":"user"},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function",
                    "function":{"name":"write","arguments":"{\\"content\\":\\"kept\\"}"}}]},
                  {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":""},{"text":"b","type":"text"}]}
                ]}""".formatted("long ".repeat(2_000)));
        assertThat(request.messages())
                .extracting(message -> message.text())
                .containsExactly("", "first \"quoted\" é\n→ \uD83D\uDE00 \\", "", "a\nb");
        assertThat(request.toolCalls())
                .singleElement()
                .matches(call -> call.arguments().equals("{\"content\":\"kept\"}"));
        assertThat(request.lastUserText()).isEqualTo("a\nb");
    }

    @Test
    void what_was_kept_is_given_back_once() throws Exception {
        ParsedRequest request = chat("Hello");
        assertThat(request.wholeText()).isEqualTo("Hello");
        request.forget();
        request.forget();
        assertThat(readings.kept()).isZero();
        assertThat(request.wholeText()).isEqualTo("Hello");
    }

    @Test
    void all_that_is_kept_is_bounded_and_the_rest_is_read_again() throws Exception {
        for (int i = 0; i < 40; i++) {
            ParsedRequest request = chat("x".repeat(MIB / 2));
            assertThat(request.wholeText()).hasSize(MIB / 2);
            assertThat(request.wholeText()).hasSize(MIB / 2);
            assertThat(opened).hasValueBetween(2, 4); // to find the text and to decode it
        }
        assertThat(readings.kept()).isBetween(4L * MIB, 8L * MIB);
        assertThat(opened).hasValue(4);
    }

    @Test
    void a_large_text_is_read_once_for_all_questions_in_a_row_and_then_dropped() throws Exception {
        ParsedRequest request = chat("x".repeat(6 * MIB));
        try (Reading reading = request.reading()) {
            assertThat(request.wholeText()).isSameAs(request.lastUserText()).hasSize(6 * MIB);
            int once = opened.get();
            assertThat(request.messages()).hasSize(1);
            assertThat(opened).hasValue(once);
            reading.pause();
            assertThat(request.messages()).hasSize(1);
            assertThat(opened).hasValueGreaterThan(once);
        }
        int before = opened.get();
        assertThat(request.lastUserText()).hasSize(6 * MIB);
        assertThat(opened).hasValueGreaterThan(before);
        assertThat(readings.kept()).isZero();
    }

    @Test
    void a_large_body_that_says_little_is_kept() throws Exception {
        ParsedRequest request = request(
                Dialect.OLLAMA_GENERATE,
                "{\"prompt\":\"What is it?\",\"images\":[\"%s\"]}".formatted("x".repeat(2 * MIB)));
        assertThat(request.images()).isOne();
        int once = opened.get();
        assertThat(request.wholeText()).isEqualTo("What is it?");
        assertThat(opened).hasValue(once);
    }

    @Test
    void two_large_ones_are_not_read_at_once() throws Exception {
        ParsedRequest first = chat("x".repeat(6 * MIB));
        ParsedRequest second = chat("y".repeat(6 * MIB));
        CompletableFuture<String> other = new CompletableFuture<>();
        try (Reading ignored = first.reading()) {
            assertThat(first.wholeText()).startsWith("x");
            opened.set(0);
            Thread waiting = Thread.startVirtualThread(() -> other.complete(second.wholeText()));
            await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            assertThat(opened).hasValue(0);
        }
        assertThat(other.get(30, TimeUnit.SECONDS)).startsWith("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/messages", "/messages/0/content"})
    void a_large_piece_as_it_was_written_needs_memory_too(String pointer) throws Exception {
        ParsedRequest first = chat("x".repeat(6 * MIB));
        ParsedRequest second = chat("y".repeat(6 * MIB));
        second.endsBy(Deadline.after(Duration.ofMillis(20)));
        try (Reading ignored = first.reading()) {
            assertThat(first.raw(pointer).orElseThrow()).contains("xxx");
            assertThatThrownBy(() -> second.raw(pointer)).isInstanceOf(ReadingRefused.class);
        }
        assertThat(first.raw(pointer)).isPresent();
    }

    @Test
    void a_long_string_needs_memory_although_nobody_knows_its_end() throws Exception {
        ParsedRequest first = chat("x".repeat(6 * MIB));
        ParsedRequest second =
                request(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"%s\"}".formatted("y".repeat(6 * MIB)));
        second.endsBy(Deadline.after(Duration.ofMillis(20)));
        try (Reading ignored = first.reading()) {
            assertThat(first.wholeText()).startsWith("x");
            assertThatThrownBy(() -> second.raw("/prompt")).isInstanceOf(ReadingRefused.class);
        }
    }

    @Test
    void who_waits_for_memory_ends_with_its_client_and_keeps_nobody_waiting() throws Exception {
        Cancellation client = Cancellation.create();
        ParsedRequest first = chat("x".repeat(6 * MIB));
        ParsedRequest second =
                request(RouteRequest.chat("m", "y".repeat(6 * MIB)).withCancellation(client));
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        try (Reading ignored = first.reading()) {
            assertThat(first.wholeText()).startsWith("x");
            Thread waiting = Thread.startVirtualThread(() -> refused.complete(catchThrowable(second::wholeText)));
            await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            second.forget();
            client.cancel();
            assertThat(refused.get(30, TimeUnit.SECONDS)).isInstanceOf(ReadingRefused.class);
        }
        assertThat(first.wholeText()).startsWith("x");
        assertThat(chat("z".repeat(6 * MIB)).wholeText()).startsWith("z");
    }

    @Test
    void who_waits_for_memory_ends_when_its_time_is_over() throws Exception {
        ParsedRequest first = chat("x".repeat(6 * MIB));
        ParsedRequest second = chat("y".repeat(6 * MIB));
        second.endsBy(Deadline.after(Duration.ofMillis(20)));
        try (Reading ignored = first.reading()) {
            assertThat(first.wholeText()).startsWith("x");
            assertThatThrownBy(second::wholeText)
                    .isInstanceOfSatisfying(
                            ReadingRefused.class,
                            refused -> assertThat(refused.permanent()).isFalse())
                    .hasMessageContaining("no memory became free in time");
        }
    }

    @Test
    void who_must_not_wait_does_not() throws Exception {
        ParsedRequest first = chat("x".repeat(6 * MIB));
        ParsedRequest second = chat("y".repeat(6 * MIB));
        try (Reading ignored = first.reading()) {
            assertThat(first.wholeText()).startsWith("x");
            mayWait = false;
            assertThat(second.wholeText()).startsWith("y");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[{}]",
                "{\"role\":\"user\"}",
                "{\"tool_calls\":[{\"function\":{\"arguments\":{\"a\":{}}}}]}"
            })
    void a_body_of_many_small_things_is_not_read_beyond_what_there_is(String thing) throws Exception {
        ParsedRequest request = request(
                Dialect.OPENAI_CHAT, "{\"messages\":[" + (thing + ",").repeat(12 * MIB / thing.length()) + "{}]}");
        assertThatThrownBy(request::messages)
                .isInstanceOfSatisfying(
                        ReadingRefused.class,
                        refused -> assertThat(refused.permanent()).isTrue())
                .hasMessageContaining("32 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"response_format", "tools", "reasoning"})
    void nor_is_a_member_that_is_made_a_tree(String name) throws Exception {
        ParsedRequest request =
                request(Dialect.OPENAI_CHAT, "{\"messages\":[],\"%s\":[%s[]]}".formatted(name, "[],".repeat(MIB)));
        assertThatThrownBy(() -> {
                    request.needs();
                    request.tools();
                })
                .isInstanceOfSatisfying(
                        ReadingRefused.class,
                        refused -> assertThat(refused.permanent()).isTrue())
                .hasMessageContaining(name + ": ");
    }

    @Test
    void nor_is_a_text_that_does_not_fit() throws Exception {
        ParsedRequest fits = chat("x".repeat(15 * MIB));
        assertThat(fits.wholeText()).hasSize(15 * MIB);
        ParsedRequest wide = chat("x".repeat(15 * MIB) + "語");
        assertThatThrownBy(wide::wholeText).isInstanceOf(ReadingRefused.class);
    }

    @Test
    void rows_of_numbers_are_counted_not_kept() throws Exception {
        ParsedRequest request = request(
                Dialect.OPENAI_EMBEDDINGS, "{\"input\":[[" + "1234,".repeat(2 * MIB) + "5],[6,7,\"and a text\"]]}");
        assertThat(request.approximateTokens()).isBetween(2L * MIB + 3, 2L * MIB + 12);
        assertThat(request.wholeText()).isEqualTo("and a text");
    }

    @Test
    void a_conversation_of_large_and_small_messages_reads_as_a_small_one_does() throws Exception {
        String large = "ü\\n".repeat(MIB / 2);
        ParsedRequest request = request(
                Dialect.ANTHROPIC_MESSAGES,
                "{\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"},{\"type\":\"text\",\"text\":\"end\"}]}]}"
                        .formatted(large));
        assertThat(request.lastUserText()).isEqualTo("ü\n".repeat(MIB / 2) + "\nend");
        assertThat(request.wholeText()).isEqualTo("Be brief.\n" + request.lastUserText());
    }
}
