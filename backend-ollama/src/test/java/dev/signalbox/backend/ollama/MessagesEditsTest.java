package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import dev.signalbox.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessagesEditsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"tool_choice\":{\"type\":\"auto\"}", ",\"tool_choice\":{ \"type\" : \"auto\" }"})
    void what_ollama_does_anyway_stays(String member) {
        assertThat(edits(member)).isEmpty();
    }

    @Test
    void a_choice_that_ollama_would_ignore_is_taken_out_and_told() {
        assertThat(edits(",\"tool_choice\":{\"type\":\"tool\",\"name\":\"f\"}"))
                .containsExactly(Edit.remove("/tool_choice").dropping("tool_choice"));
        assertThat(edits(",\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}"))
                .containsExactly(Edit.remove("/tool_choice").dropping("tool_choice"));
    }

    @Test
    void tools_that_may_not_be_called_are_not_offered() {
        assertThat(edits(",\"tool_choice\":{\"type\":\"none\"}"))
                .containsExactly(Edit.remove("/tool_choice"), Edit.remove("/tools"));
    }

    @Test
    void blocks_that_ollama_knows_stay() {
        assertThat(said("""
                {"type":"text","text":"x"},{"type":"image","source":{"type":"base64","data":"AA"}},{"type":"thinking","thinking":"hm"},
                {"type":"tool_use","id":"1","name":"f","input":{"type":"document"}},{"type":"server_tool_use","id":"2","name":"web_search"},
                {"type":"web_search_tool_result","tool_use_id":"2","content":[{"type":"web_search_result"}]},
                {"type":"tool_result","tool_use_id":"1","content":[{"type":"text","text":"y"},{"type":"image","source":{}}]}""")).isEmpty();
    }

    @Test
    void words_stand_where_a_block_stood_that_ollama_does_not_know() {
        assertThat(said("""
                {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AA"},"citations":{"enabled":true}},
                {"type":"tool_result","tool_use_id":"1","content":[{"type":"search_result","source":"https://x","content":[]}]},
                {"type":"redacted_thinking","data":"d"}"""))
                .containsExactlyInAnyOrder(
                        Edit.replace("/messages/0/content/0", "{\"type\":\"text\",\"text\":\"[document removed]\"}")
                                .dropping("document"),
                        Edit.replace(
                                        "/messages/0/content/1/content/0",
                                        "{\"type\":\"text\",\"text\":\"[search_result removed]\"}")
                                .dropping("search_result"),
                        Edit.remove("/messages/0/content/2").dropping("reasoning"));
    }

    @Test
    void a_document_of_nothing_but_words_is_said() {
        assertThat(said("""
                {"type":"text","text":"é→😀"},
                {"type":"document","title":"Rules","source":{"data":"Stop \\"here\\"\\n→ 😀","media_type":"text/plain","type":"text"}},
                {"type":"tool_result","tool_use_id":"1","content":[{"type":"document","source":{"type":"text","data":"Go."}}]}"""))
                .containsExactlyInAnyOrder(
                        Edit.replace(
                                "/messages/0/content/1",
                                "{\"type\":\"text\",\"text\":" + JsonText.quote("Rules\n\nStop \"here\"\n→ 😀") + "}"),
                        Edit.replace("/messages/0/content/2/content/0", "{\"type\":\"text\",\"text\":\"Go.\"}"));
    }

    private static List<Edit> said(String blocks) {
        return MessagesEdits.of(TestRequest.of(
                Dialect.ANTHROPIC_MESSAGES,
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[" + blocks + "]}]}"));
    }

    private static List<Edit> edits(String member) {
        return MessagesEdits.of(TestRequest.of(
                Dialect.ANTHROPIC_MESSAGES,
                "{\"model\":\"m\",\"max_tokens\":9,\"tools\":[{\"name\":\"f\"}],\"messages\":[]%s}".formatted(member)));
    }
}
