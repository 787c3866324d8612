package dev.signalbox.matcher.standard;

import static dev.signalbox.matcher.standard.Made.matcher;
import static dev.signalbox.matcher.standard.Made.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.testkit.TestRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ImagesAndToolsTest {

    private static final String LOOK = """
            {"messages":[{"role":"user","content":[{"type":"text","text":"Look"},{"type":"%s","image_url":{"url":"x"}}]}]}
            """;
    private static final String LOOKED = """
            {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]},
            {"role":"assistant","content":"A cat."},{"role":"user","content":"Sure?"}]}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"image_url", "image", "input_image"})
    void there_is_an_image_in_the_last_message_of_the_user(String type) {
        TestRequest request = chat(LOOK.formatted(type));

        assertThat(matcher("has-image", "yes").matches(request)).isTrue();
        assertThat(matcher("has-image", "no").matches(request)).isFalse();
        assertThat(matcher("has-image", "yes").seen(request)).isEqualTo("1");
    }

    @Test
    void an_image_of_an_earlier_message_counts_only_for_the_whole_conversation() {
        assertThat(matcher("has-image", "yes").matches(chat(LOOKED))).isFalse();
        assertThat(matcher("has-image", "no").matches(chat(LOOKED))).isTrue();
        assertThat(matcher("has-image", Map.of("is", "yes", "in", "whole-conversation"))
                        .matches(chat(LOOKED)))
                .isTrue();
    }

    @Test
    void there_is_no_image_where_there_is_no_message_of_the_user() {
        TestRequest request = chat("{\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]}");

        assertThat(matcher("has-image", "yes").matches(request)).isFalse();
        assertThat(matcher("has-image", "no").matches(request)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]} | true",
                "{\"tools\":[{\"type\":\"web_search\"}]} | true",
                "{\"functions\":[{\"name\":\"f\"}]} | true",
                "{\"tools\":[]} | false",
                "{\"functions\":[]} | false",
                "{} | false",
            })
    void tools_are_on_offer_if_one_of_the_lists_is_not_empty(String body, boolean offered) {
        assertThat(matcher("has-tools", "yes").matches(chat(body))).isEqualTo(offered);
        assertThat(matcher("has-tools", "no").matches(chat(body))).isEqualTo(!offered);
    }

    @Test
    void a_tool_is_known_by_its_name() {
        TestRequest request =
                chat("{\"tools\":[{\"function\":{\"name\":\"read_file\"}},{\"function\":{\"name\":\"bash\"}}]}");

        assertThat(matcher("tool-named", "bash").matches(request)).isTrue();
        assertThat(matcher("tool-named", List.of("edit", "read_*")).matches(request))
                .isTrue();
        assertThat(matcher("tool-named", "read").matches(request)).isFalse();
        assertThat(matcher("tool-named", "bash").seen(request)).isEqualTo("bash, read_file");
        assertThat(matcher("tool-named", "bash").matches(chat("{}"))).isFalse();
    }

    @Test
    void few_of_many_names_are_shown() {
        StringBuilder tools = new StringBuilder("{\"tools\":[");
        for (int i = 0; i < 20; i++) {
            tools.append(i == 0 ? "" : ",").append("{\"function\":{\"name\":\"t%d\"}}".formatted(i));
        }

        assertThat(matcher("tool-named", "t17").seen(chat(tools + "]}"))).isEqualTo("t17, t0, t1, t2, t3 and 15 more");
    }

    @Test
    void what_is_neither_yes_nor_no_is_refused() {
        assertThat(problem("has-tools", "maybe")).isEqualTo("\"maybe\" is not yes or no");
        assertThat(problem("has-image", Map.of("is", "yes", "in", "whole-conversion")))
                .contains("Did you mean \"whole-conversation\"?");
    }

    private static TestRequest chat(String body) {
        return TestRequest.of(Dialect.OPENAI_CHAT, body);
    }
}
