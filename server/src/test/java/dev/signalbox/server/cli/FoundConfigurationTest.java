package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FoundConfigurationTest {

    @Test
    void the_options_of_a_server_stand_in_the_same_order_each_time() {
        FoundConfiguration made = new FoundConfiguration();
        String name =
                made.add("mlx", Map.of("flavor", "omni", "base-url", "http://a", "c", "", "d", "", "e", "", "b", ""));
        assertThat(made.backends().get(name).keySet())
                .containsExactly("type", "b", "base-url", "c", "d", "e", "flavor");
    }
}
