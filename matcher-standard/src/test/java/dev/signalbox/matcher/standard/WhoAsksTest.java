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

@DisplayNameGeneration(ReplaceUnderscores.class)
class WhoAsksTest {

    private static final TestRequest LEGAL = TestRequest.saying("x")
            .header("X-Team", "legal")
            .header("X-Team", "tax")
            .header("authorization", "Bearer sk-1");

    @Test
    void a_header_has_to_be_there_with_one_of_the_values() {
        assertThat(matcher("header", Map.of("x-team", "legal")).matches(LEGAL)).isTrue();
        assertThat(matcher("header", Map.of("x-team", "tax")).matches(LEGAL)).isTrue();
        assertThat(matcher("header", Map.of("x-team", List.of("hr", "ta*"))).matches(LEGAL))
                .isTrue();
        assertThat(matcher("header", Map.of("x-team", "*")).matches(LEGAL)).isTrue();
        assertThat(matcher("header", Map.of("x-team", "hr")).matches(LEGAL)).isFalse();
        assertThat(matcher("header", Map.of("x-repo", "*")).matches(LEGAL)).isFalse();
    }

    @Test
    void of_several_headers_all_have_to_be_there() {
        assertThat(matcher("header", Map.of("x-team", "legal", "x-repo", "private"))
                        .matches(LEGAL))
                .isFalse();
        assertThat(matcher("header", Map.of("x-team", "legal", "x-repo", "private"))
                        .matches(LEGAL.header("x-repo", "private")))
                .isTrue();
    }

    @Test
    void the_value_of_a_header_is_never_shown() {
        assertThat(matcher("header", Map.of("authorization", "Bearer x", "x-repo", "*", "x-team", "tax"))
                        .seen(LEGAL))
                .isEqualTo("authorization is something else, x-repo is not there, x-team fits");
    }

    @Test
    void a_caller_is_known_by_name() {
        assertThat(matcher("caller", "alice").matches(TestRequest.saying("x").by("alice")))
                .isTrue();
        assertThat(matcher("caller", List.of("bob", "team-*"))
                        .matches(TestRequest.saying("x").by("team-red")))
                .isTrue();
        assertThat(matcher("caller", "alice").matches(TestRequest.saying("x"))).isFalse();
        assertThat(matcher("caller", "alice").seen(TestRequest.saying("x"))).isEqualTo("anonymous");
    }

    @ParameterizedTest
    @CsvSource({
        "openai.chat, true",
        "openai, true",
        "*.chat, true",
        "anthropic, false",
        "ollama.chat, false",
        "task, false"
    })
    void a_dialect_is_named_whole_or_by_family_or_by_pattern(String wanted, boolean holds) {
        assertThat(matcher("dialect", wanted).matches(TestRequest.saying("x"))).isEqualTo(holds);
        assertThat(matcher("dialect", wanted).seen(TestRequest.saying("x"))).isEqualTo("openai.chat");
    }

    @Test
    void a_dialect_that_nobody_knows_is_refused_with_the_nearest() {
        assertThat(problem("dialect", "openai.chats"))
                .startsWith("\"openai.chats\" is not a dialect such as openai.chat: Did you mean \"openai.chat\"");
        assertThat(problem("dialect", List.of("openai", "antropic"))).contains("\"anthropic\"");
    }

    @Test
    void whether_it_streams_is_the_default_of_the_dialect_where_nothing_is_said() {
        TestRequest ollama = TestRequest.of(Dialect.OLLAMA_CHAT, "{\"model\":\"m\"}");

        assertThat(matcher("streaming", "yes").matches(ollama)).isTrue();
        assertThat(matcher("streaming", "yes").matches(TestRequest.saying("x"))).isFalse();
        assertThat(matcher("streaming", "no").matches(TestRequest.saying("x"))).isTrue();
        assertThat(matcher("streaming", "no").seen(ollama)).isEqualTo("yes");
    }
}
