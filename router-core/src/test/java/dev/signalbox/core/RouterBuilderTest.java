package dev.signalbox.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RouterBuilderTest {

    private static RouterBuilder builder() {
        return Router.builder()
                .backend("a", TestFactories.backend("test", TestBackend.saying("from a")), options -> options);
    }

    @Test
    void names_may_be_said_before_what_they_name() throws Exception {
        try (Router router = builder()
                        .defaultTo("coding")
                        .alias("gpt-*", "coding")
                        .profile("coding", "a/test-model")
                        .build();
                RoutedResponse byAlias = router.route(RouteRequest.chat("gpt-4o", "hi"));
                RoutedResponse byDefault = router.route(RouteRequest.chat("auto", "hi"))) {
            assertThat(byAlias.text()).isEqualTo("from a");
            assertThat(byAlias.trace().profile()).isEqualTo("coding");
            assertThat(byDefault.target()).isEqualTo(Target.of("a/test-model"));
        }
    }

    @Test
    void what_code_sets_beats_what_was_written() throws Exception {
        Map<String, String> coding = new LinkedHashMap<>(Map.of("chain", "a/nobody"));
        var profiles = new LinkedHashMap<String, ConfigNode>();
        profiles.put("coding", ConfigNode.Table.of(Where.code("profiles.coding"), coding));
        var backends = new LinkedHashMap<String, ConfigNode>();
        backends.put("a", ConfigNode.Table.of(Where.code("backends.a"), Map.of("type", "test")));
        var root = new LinkedHashMap<String, ConfigNode>();
        root.put("backends", new ConfigNode.Table(Where.code("backends"), backends));
        root.put("profiles", new ConfigNode.Table(Where.code("profiles"), profiles));
        try (Router router = builder()
                        .configuration(Configuration.of(new ConfigNode.Table(Where.code(""), root)))
                        .profile("coding", "a/test-model")
                        .build();
                RoutedResponse answer = router.route(RouteRequest.chat("coding", "hi"))) {
            assertThat(answer.text()).isEqualTo("from a");
        }
    }

    @Test
    void every_problem_is_told_at_once() {
        RouterBuilder wrong = builder()
                .backend("b", "tset", options -> options)
                .profile("coding", "x/m", "no-target")
                .alias("fast", "codng")
                .defaultTo("nowhere");
        assertThatThrownBy(wrong::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("5 problems")
                .hasMessageContaining("Did you mean \"test\"?")
                .hasMessageContaining("\"no-target\" is not a target")
                .hasMessageContaining("\"x\" is not a configured backend")
                .hasMessageContaining("Did you mean \"coding\"?")
                .hasMessageContaining("\"nowhere\"");
    }
}
