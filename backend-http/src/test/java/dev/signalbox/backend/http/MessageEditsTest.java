package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.testkit.TestRequest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Messages are changed where they have to be, and by what they are, not by what they look like. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageEditsTest {

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
    void a_very_long_image_is_no_obstacle() {
        String image = "A".repeat(21_000_000); // more than JSON libraries take by themselves

        assertThat(edits("[{\"content\":\"" + image + "\"},{\"content\":null}]").emptyForNull())
                .hasSize(1);
    }

    @Test
    void a_developer_is_found_in_a_long_conversation_too() {
        String talk = "x".repeat(2_000_000);

        assertThat(edits("[{\"role\":\"user\",\"content\":\"" + talk
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
        return MessageEdits.of(TestRequest.of(Dialect.OPENAI_CHAT, "{\"messages\":" + messages + "}"));
    }
}
