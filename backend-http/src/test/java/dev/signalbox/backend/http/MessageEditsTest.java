package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.RequestView;
import dev.signalbox.testkit.TestRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Messages are changed where they have to be, and by what they are, not by what they look like. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageEditsTest {

    private static final String TALK = "x".repeat(2_000_000);
    private static final KnownBlocks KNOWN = KnownBlocks.of(Set.of("text", "tool_result"), Set.of("text"));

    @Test
    void a_developer_becomes_the_system_wherever_it_speaks() {
        assertThat(edits("[{\"role\" : \"developer\"},{\"role\":\"user\"},{\"role\":\"developer\"}]")
                        .developerAsSystem())
                .containsExactly(
                        Edit.replace("/messages/0/role", "\"system\""), Edit.replace("/messages/2/role", "\"system\""));
    }

    @Test
    void who_only_speaks_of_developers_is_left_alone() {
        String quoted = "[{\"role\":\"user\",\"content\":\"\\\"role\\\":\\\"developer\\\"\"},"
                + "{\"role\":\"tool\",\"content\":[{\"role\":\"developer\"}]}]";

        assertThat(edits(quoted).developerAsSystem()).isEmpty();
    }

    @Test
    void content_of_null_becomes_empty_but_beside_tool_calls() {
        assertThat(edits(
                                "[{\"content\":null},{\"content\":null,\"tool_calls\":[{\"id\":\"1\"},[{}]]},{\"content\":\"x\"},{},"
                                        + "[{\"content\":null}],7,{\"tool_calls\":[],\"content\":null}]")
                        .emptyForNull())
                .containsExactly(
                        Edit.replace("/messages/0/content", "\"\""), Edit.replace("/messages/6/content", "\"\""));
    }

    @Test
    void what_the_model_thought_is_taken_out_and_told() {
        assertThat(edits("[{\"role\":\"user\",\"content\":\"\\\"reasoning_content\\\":\"},"
                                + "{\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"content\":\"x\"}]")
                        .withoutReasoning())
                .containsExactly(Edit.remove("/messages/1/reasoning_content").dropping("reasoning"));
    }

    @Test
    void thoughts_that_nobody_signed_are_taken_out_and_a_message_of_nothing_else() {
        String unsigned = "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"\"}";
        String signed = "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"S\"}";

        assertThat(edits("[{\"content\":[" + unsigned + "," + signed + "]},{\"content\":[" + unsigned
                                + "]},{\"content\":[]},{\"content\":\"x\"}]")
                        .withoutUnsignedThoughts())
                .containsExactly(
                        Edit.remove("/messages/0/content/0").dropping("reasoning"),
                        Edit.remove("/messages/1").dropping("reasoning"));
        assertThat(edits("[{\"content\":[" + signed + "]}]").withoutUnsignedThoughts())
                .isEmpty();
    }

    @Test
    void unsigned_thoughts_are_found_in_a_long_conversation_too() {
        String talk = "{\"type\":\"text\",\"text\":\"" + TALK + "\"}";
        String unsigned = "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"\"}";
        String messages = "[{\"role\":\"assistant\",\"content\":[" + unsigned + "," + talk + "]}]";

        assertThat(MessageEdits.of(request(messages)).withoutUnsignedThoughts())
                .containsExactly(Edit.remove("/messages/0/content/0").dropping("reasoning"));
    }

    @Test
    void what_the_model_thought_gets_the_name_that_the_server_reads() {
        assertThat(edits("[{\"role\":\"user\",\"content\":\"\\\"reasoning_content\\\":\"},"
                                + "{\"role\":\"assistant\",\"reasoning_content\":\"h\\u00e9\\n\",\"content\":\"x\"}]")
                        .reasoningByNewerName())
                .containsExactly(Edit.rename("/messages/1/reasoning_content", "reasoning"));
    }

    @Test
    void thoughts_that_have_both_names_or_no_words_only_lose_the_older_name() {
        assertThat(edits(
                                "[{\"reasoning_content\":\"hm\",\"reasoning\":\"hm\"},{\"reasoning_content\":null},"
                                        + "{\"reasoning_content\":\"\"},{\"reasoning\":\"hm\"},{\"reasoning\":null,\"reasoning_content\":\"so\"}]")
                        .reasoningByNewerName())
                .containsExactly(
                        Edit.remove("/messages/0/reasoning_content"),
                        Edit.remove("/messages/1/reasoning_content"),
                        Edit.remove("/messages/2/reasoning_content"),
                        Edit.remove("/messages/4/reasoning"),
                        Edit.rename("/messages/4/reasoning_content", "reasoning"));
    }

    @Test
    void thoughts_beside_texts_are_found_in_a_long_conversation_too() {
        MessageEdits edits = edits("[{\"role\":\"user\",\"content\":\"" + TALK
                + "\"},{\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"content\":\"x\"}]");

        assertThat(edits.reasoningByNewerName())
                .containsExactly(Edit.rename("/messages/1/reasoning_content", "reasoning"));
        assertThat(edits.withoutReasoning())
                .containsExactly(Edit.remove("/messages/1/reasoning_content").dropping("reasoning"));
    }

    @Test
    void messages_that_cannot_be_read_any_more_are_closed() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream gone = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the file is gone");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        RequestView request = (RequestView) Proxy.newProxyInstance(
                MessageEditsTest.class.getClassLoader(),
                new Class<?>[] {RequestView.class},
                (proxy, method, arguments) -> method.getName().equals("open") ? Optional.of(gone) : 2_000_000L);

        assertThatThrownBy(() -> MessageEdits.of(request).developerAsSystem())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the file is gone");
        assertThat(closed).isTrue();
    }

    @Test
    void the_words_of_a_document_are_found_in_a_long_conversation_too() {
        String document = "{\"type\":\"document\",\"source\":{\"data\":\"wörds\",\"type\":\"text\"}}";

        assertThat(edits("[{\"content\":\"" + "é".repeat(1_000_000) + "\"},{\"content\":[" + document + "]}]")
                        .only(KNOWN))
                .containsExactly(Edit.replace("/messages/1/content/0", "{\"type\":\"text\",\"text\":\"wörds\"}"));
    }

    @Test
    void words_stand_where_a_block_stood_that_the_server_does_not_know() {
        String messages =
                "[{\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"map\",\"content\":[{\"type\":\"tile\"}]}]},"
                        + "{\"content\":[{\"content\":[{\"type\":\"text\"},{\"type\":\"map\"}],\"type\":\"tool_result\"},7,{\"text\":\"y\"}]},"
                        + "{\"content\":\"\\\"type\\\":\\\"map\\\"\"}]";

        assertThat(edits(messages).only(KNOWN))
                .containsExactly(
                        Edit.replace("/messages/0/content/1", "{\"type\":\"text\",\"text\":\"[map removed]\"}")
                                .dropping("map"),
                        Edit.replace(
                                        "/messages/1/content/0/content/1",
                                        "{\"type\":\"text\",\"text\":\"[map removed]\"}")
                                .dropping("map"));
    }

    @Test
    void thoughts_that_only_their_maker_can_read_leave_no_words() {
        String locked = "{\"type\":\"redacted_thinking\",\"data\":\"d\"}";

        assertThat(edits("[{\"content\":[" + locked + ",{\"type\":\"text\",\"text\":\"x\"}]},{\"content\":[" + locked
                                + "]}]")
                        .only(KNOWN))
                .containsExactly(
                        Edit.remove("/messages/0/content/0").dropping("reasoning"),
                        Edit.remove("/messages/1").dropping("reasoning"));
    }

    @Test
    void a_message_of_nothing_but_blocks_takes_no_more_memory_than_it_has_to() {
        String blocks = "{\"type\":\"map\"}" + ",{\"type\":\"map\"}".repeat(200_000);

        assertThat(edits("[{\"content\":[" + blocks + "]}]").only(KNOWN)).hasSize(10_000);
    }

    @Test
    void a_block_of_an_endless_name_is_told_by_a_short_one() {
        assertThat(edits("[{\"content\":[{\"type\":\"" + "x".repeat(5_000) + "\"}]}]")
                        .only(KNOWN))
                .containsExactly(
                        Edit.replace("/messages/0/content/0", "{\"type\":\"text\",\"text\":\"[block removed]\"}")
                                .dropping("block"));
    }

    @Test
    void a_very_long_image_is_no_obstacle() {
        String image = "A".repeat(21_000_000); // more than JSON libraries take by themselves

        assertThat(edits("[{\"content\":\"" + image + "\"},{\"content\":null}]").emptyForNull())
                .hasSize(1);
    }

    @Test
    void a_developer_is_found_in_a_long_conversation_too() {
        assertThat(edits("[{\"role\":\"user\",\"content\":\"" + TALK
                                + "\"},{\"role\":\"developer\",\"content\":\"y\"}]")
                        .developerAsSystem())
                .containsExactly(Edit.replace("/messages/1/role", "\"system\""));
    }

    @Test
    void what_cannot_be_read_is_left_as_it_is() {
        String odd = "[{\"content\":null,\"n\":" + "1".repeat(2_000) + "}]";

        assertThat(edits(odd).emptyForNull()).isEmpty();
    }

    @Test
    void a_request_without_messages_has_none_to_change() {
        MessageEdits none = MessageEdits.of(TestRequest.of(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"x\"}"));

        assertThat(none.developerAsSystem()).isEmpty();
        assertThat(none.emptyForNull()).isEmpty();
    }

    private static MessageEdits edits(String messages) {
        return MessageEdits.of(request(messages));
    }

    private static TestRequest request(String messages) {
        return TestRequest.of(Dialect.OPENAI_CHAT, "{\"messages\":" + messages + "}");
    }
}
