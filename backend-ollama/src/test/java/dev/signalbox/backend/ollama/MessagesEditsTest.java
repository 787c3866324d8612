package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
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

    private static List<Edit> edits(String member) {
        return MessagesEdits.of(TestRequest.of(
                Dialect.ANTHROPIC_MESSAGES,
                "{\"model\":\"m\",\"max_tokens\":9,\"tools\":[{\"name\":\"f\"}],\"messages\":[]%s}".formatted(member)));
    }
}
