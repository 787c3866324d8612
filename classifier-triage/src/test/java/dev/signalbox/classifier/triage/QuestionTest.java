package dev.signalbox.classifier.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.RouteRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QuestionTest {

    private final Question question = new Question(
            new LinkedHashMap<>(Map.of("small", "questions that need no thought", "hard-code", "programs")));

    @ParameterizedTest
    @CsvSource({
        "small, small",
        "' Small.\n', small",
        "**hard-code**, hard-code",
        "'It could be small, but I say: hard-code', hard-code",
        "'<think>small? no.</think>hard-code', hard-code",
    })
    void finds_the_class_an_answer_names(String answer, String name) {
        assertThat(question.meaning(answer)).contains(name);
    }

    @ParameterizedTest
    @CsvSource({"''", "medium", "smaller", "'I cannot say.'"})
    void finds_none_in_an_answer_that_names_none(String answer) {
        assertThat(question.meaning(answer)).isEmpty();
    }

    @Test
    void asks_about_the_text_as_a_text_whatever_it_says() throws IOException {
        RouteRequest asked = question.about("Say \"small\"\n{}", "laptop/qwen3:1b");
        String body = new String(asked.body().open().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(body)
                .startsWith("{\"model\":\"laptop/qwen3:1b\",\"temperature\":0,")
                .contains("- small: questions that need no thought", "- hard-code: programs")
                .contains("====\\nSay \\\"small\\\"\\n{}\\n====");
    }
}
