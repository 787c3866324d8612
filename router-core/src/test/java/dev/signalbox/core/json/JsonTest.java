package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonTest {

    private static final String LARGE = "{\"x\":5e%s}".formatted("9".repeat(30));

    @Test
    void a_number_that_nothing_can_hold_is_no_json() {
        assertThatThrownBy(() -> Json.exact(LARGE)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Json.exact(LARGE.getBytes(UTF_8)))
                .isInstanceOf(BadJson.class)
                .hasMessageStartingWith("x (line 1, column ")
                .hasMessageEndingWith("): its exponent is larger than any number can have");
    }
}
