package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptTest {

    @Test
    void is_read_as_it_was_written() {
        Script script = new Script(42, 50, Duration.ofMillis(200), Duration.ofSeconds(3), 1_000);
        assertThat(find("{\"messages\": [ \"" + script.text() + " and more\"]}"))
                .contains(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "#bench ",
                "#bench 1 2 3 4#",
                "#bench 1 2 3 4 5",
                "#bench 1 2 3 4 5 6#",
                "#bench 1 2 x 4 5#",
                "#bench 1 200000 0 0 0#",
                "#bench 1 1 999999999 0 0#",
                "#bench 1 1 0 0 99999999999999999999999#"
            })
    void what_is_cut_or_out_of_bounds_is_none(String body) {
        assertThat(find(body)).isEmpty();
    }

    @Test
    void refuses_numbers_out_of_bounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Script.stream(100_001, Duration.ZERO))
                .withMessage("chunks is 100001, not between 0 and 100000");
    }

    private static Optional<Script> find(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Script.find(bytes, bytes.length);
    }
}
