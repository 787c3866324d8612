package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.RouterEvent;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Up to where another target may still answer. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CommitTest extends EngineFixture {

    @BeforeEach
    void a_chain_of_two() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.on("laptop", Chat.says("from the laptop"));
    }

    static Stream<Arguments> nothing() {
        return Stream.of(
                arguments("an empty body", (Supplier<Tape>) () -> Tape.sse()),
                arguments("a bare end mark", (Supplier<Tape>) () -> Tape.sse(Chat.DONE)),
                arguments("comments only", (Supplier<Tape>) () -> Tape.sse(Chat.PING, Chat.PING)),
                arguments("a role and no more", (Supplier<Tape>) () -> Tape.sse(Chat.ROLE)),
                arguments("a role and an end mark", (Supplier<Tape>) () -> Tape.sse(Chat.ROLE + Chat.DONE)),
                arguments("empty deltas", (Supplier<Tape>) () -> Tape.sse(Chat.delta("{}"), Chat.text(""))),
                arguments("tokens and no more", (Supplier<Tape>) () -> Tape.sse(Chat.USAGE + Chat.DONE)),
                arguments("the silent failure of Ollama", (Supplier<Tape>) () -> Tape.sse(
                        Chat.frame("{\"model\":\"\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"}}]}"))),
                arguments("a page in a frame", (Supplier<Tape>)
                        () -> Tape.sse(Chat.ROLE + "data: <html>Bad gateway</html>\n\n" + Chat.FINISH)),
                arguments("a bare page", (Supplier<Tape>)
                        () -> Tape.sse("<html>\n<body>Bad gateway</body>\n</html>\n\n")),
                arguments("half a frame", (Supplier<Tape>) () -> Tape.sse("data: {\"choices\":[{\"ind")),
                arguments("an empty document", (Supplier<Tape>) () -> Tape.json()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nothing")
    void an_answer_without_content_is_a_broken_reply(String what, Supplier<Tape> tape) throws Exception {
        backends.on("gpu", call -> tape.get());
        assertThat(bytes(stream("coding"))).isEqualTo(Chat.stream("from the laptop"));
        assertThat(heard.only(RouterEvent.AttemptFailed.class).failure().kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    @Test
    void an_error_as_first_frame_is_read_by_the_backend_and_moves_on() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.PING + Chat.ROLE + Chat.ERROR + Chat.DONE));
        assertThat(bytes(stream("coding"))).isEqualTo(Chat.stream("from the laptop"));
        assertThat(heard.only(RouterEvent.AttemptFailed.class).failure().kind()).isEqualTo(FailureKind.SERVER_ERROR);
    }

    @Test
    void the_bare_text_of_a_proxy_that_lost_its_server_moves_on() throws Exception {
        backends.on(
                "gpu", call -> Tape.sse(Chat.ROLE + "proxy error: Could not establish connection\n\n" + Chat.FINISH));
        assertThat(bytes(stream("coding"))).isEqualTo(Chat.stream("from the laptop"));
    }

    @Test
    void an_error_document_in_place_of_a_stream_moves_on() throws Exception {
        backends.on("gpu", call -> Tape.json("{\"error\":{\"message\":\"no\"}}"));
        assertThat(bytes(stream("coding"))).isEqualTo(Chat.stream("from the laptop"));
    }

    @Test
    void a_finish_reason_commits_even_an_empty_answer() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.ROLE + Chat.FINISH + Chat.DONE));
        assertThat(bytes(stream("coding"))).isEqualTo(Chat.ROLE + Chat.FINISH + Chat.DONE);
    }

    static Stream<Arguments> content() {
        return Stream.of(
                arguments("text", "{\"content\":\"H\"}"),
                arguments("reasoning", "{\"reasoning_content\":\"H\"}"),
                arguments("a refusal", "{\"refusal\":\"no\"}"),
                arguments("a part of a tool call", "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\"}}]}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("content")
    void content_commits_at_once(String what, String delta) throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.ROLE, Chat.delta(delta)).stalls());
        try (RoutedResponse response = ask(stream("coding"))) {
            assertThat(response.target()).hasToString("gpu/m");
            assertThat(new String(response.body().readNBytes(20))).isEqualTo(Chat.ROLE.substring(0, 20));
        }
    }

    @Test
    void nothing_commits_before_content() throws Exception {
        CompletableFuture<Void> content = new CompletableFuture<>();
        Tape tape = Tape.sse(Chat.PING + Chat.ROLE).await(content).then(Chat.stream("Hello"));
        backends.on("gpu", call -> tape);
        Later<RoutedResponse> asked = later(stream("coding"));
        tape.paused().join();
        assertThat(heard.events(RouterEvent.Committed.class)).isEmpty();
        assertThat(asked.over()).isFalse();
        content.complete(null);
        asked.get().close();
    }

    @Test
    void what_is_held_back_is_bounded() throws Exception {
        String role = Chat.ROLE;
        Tape tape = Tape.sse(role.repeat(64 * 1024 / role.length() + 1)).stalls();
        backends.on("gpu", call -> tape);
        try (RoutedResponse response = ask(stream("coding"))) {
            assertThat(response.target()).hasToString("gpu/m");
        }
    }

    @Test
    void a_frame_that_never_ends_is_bounded_too() throws Exception {
        backends.on(
                "gpu",
                call -> Tape.sse("data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(65 * 1024))
                        .stalls());
        try (RoutedResponse response = ask(stream("coding"))) {
            assertThat(response.target()).hasToString("gpu/m");
        }
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                arguments("empty", ""),
                arguments("cut off", Chat.whole("Hello").substring(0, 40)),
                arguments("followed by something", Chat.whole("Hello") + "}"),
                arguments("of another shape", "{\"hello\":\"world\"}"),
                arguments("without choices", "{\"choices\":[]}"),
                arguments("a page", "<html>Welcome</html>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void a_document_that_makes_no_sense_is_a_broken_reply(String what, String document) throws Exception {
        backends.on("gpu", call -> document.startsWith("<") ? Tape.of("text/html", document) : Tape.json(document));
        assertThat(bytes(chat("coding"))).isEqualTo(Chat.whole("from the laptop"));
        assertThat(heard.only(RouterEvent.AttemptFailed.class).failure().kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    @Test
    void an_error_inside_a_200_moves_on() throws Exception {
        backends.on("gpu", call -> Tape.json("{\"error\":{\"message\":\"engine died\"}}"));
        assertThat(bytes(chat("coding"))).isEqualTo(Chat.whole("from the laptop"));
        assertThat(heard.only(RouterEvent.AttemptFailed.class).failure().kind()).isEqualTo(FailureKind.SERVER_ERROR);
    }

    @Test
    void a_document_that_breaks_off_moves_on() throws Exception {
        backends.on("gpu", call -> Tape.json("{\"choices\":[").breaks(FailureKind.UNREACHABLE, "reset"));
        assertThat(bytes(chat("coding"))).isEqualTo(Chat.whole("from the laptop"));
    }

    @Test
    void a_document_commits_at_its_end_or_at_8_MiB() throws Exception {
        String head = Chat.whole("Hello").replace("\"id\":\"c1\"", "\"id\":\"" + "x".repeat(8 * 1024 * 1024) + "\"");
        CompletableFuture<Void> never = new CompletableFuture<>();
        backends.on(
                "gpu", call -> Tape.json(head.substring(0, head.length() - 10)).await(never));
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.target()).hasToString("gpu/m");
        }
    }

    @Test
    void a_stream_that_was_not_asked_for_is_a_broken_reply() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.stream("Hello")));
        assertThat(bytes(chat("coding"))).isEqualTo(Chat.whole("from the laptop"));
        assertThat(heard.only(RouterEvent.AttemptFailed.class).failure().message())
                .contains("not asked for");
    }

    @Test
    void the_reply_that_failed_is_closed_before_the_next_target_is_asked() throws Exception {
        Tape failing = Tape.sse(Chat.ERROR).stalls();
        backends.on("gpu", call -> failing).on("laptop", call -> {
            assertThat(failing.closed()).isCompleted();
            return Tape.sse(Chat.stream("Hello"));
        });
        assertThat(bytes(stream("coding"))).isEqualTo(Chat.stream("Hello"));
    }

    @Test
    void a_cut_off_frame_is_not_taken_for_words_of_the_server() throws Exception {
        backends.on("gpu", call -> Tape.sse("data: {\"choices\":[{\"delta\":{\"content\":\"secret words"));
        RouteException failed = refused(RouteException.class, stream("gpu/m"));
        assertThat(failed.problem().message()).doesNotContain("secret").contains("without a finish");
        assertThat(failed.trace().toString()).doesNotContain("secret");
    }

    @Test
    void a_plugin_that_returns_what_it_should_throw_is_told_by_name() throws Exception {
        backends.on(
                "gpu",
                call -> BackendReply.of(503, dev.signalbox.api.Headers.none(), java.io.InputStream.nullInputStream()));
        RouteException failed = refused(RouteException.class, chat("coding"));
        assertThat(failed.problem().status()).isEqualTo(500);
        assertThat(failed.problem().message()).contains("backend type fake").contains("503");
    }
}
