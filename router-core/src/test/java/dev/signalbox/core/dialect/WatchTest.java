package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WatchTest {

    private static final Watch WATCH = Watch.of("done", "error");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"done\":true}",
                "{\"done\" :\ttrue}",
                "{\"error\":{}}",
                "{\"error\":\"x\"}",
                "[\"error\"]",
                "{\"type\":\"done\"}",
                "{\"done\"",
                "{\"done\":",
            })
    void sees_words_that_mean_something(String frame) {
        assertThat(WATCH.worth(frame.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "{\"done\":false}",
                "{\"done\": null}",
                "{\"text\":\"\\\"done\\\":true\"}",
                "{\"undone\":true}",
                "{\"done2\":true}",
                "{\"\u00e4\":1}",
                "done: true",
            })
    void passes_over_everything_else(String frame) {
        assertThat(WATCH.worth(frame.getBytes(UTF_8))).isFalse();
    }
}
