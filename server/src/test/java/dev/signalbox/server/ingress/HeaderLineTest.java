package dev.signalbox.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.Header;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HeaderLineTest {

    @Test
    void says_what_a_line_can_say() {
        Header line = HeaderLine.of("X-Signalbox-Target", "gpu/größe\r\nSet-Cookie: a=b");

        assertThat(line.get()).isEqualTo("gpu/gr??e??Set-Cookie: a=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Signal", "X-Signal:", "X-Signal\r\nY", "größe"})
    void has_no_line_for_what_is_no_name(String name) {
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> HeaderLine.of(name, "x")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keeps_a_name_as_it_is_written_however_many_there_are() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(HeaderLine.of("X-Made-Up-" + i, "x").name()).isEqualTo("X-Made-Up-" + i);
            assertThat(HeaderLine.of("x-made-up-" + i, "x").name()).isEqualTo("x-made-up-" + i);
        }
    }
}
