package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.spi.RequestView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesTest extends EngineFixture {

    @BeforeEach
    void two_profiles() {
        layout.backend("gpu", "m")
                .backend("laptop", "m")
                .profile("coding", "gpu/m")
                .profile("private", "laptop/m")
                .defaultTo("coding");
        backends.on("gpu", Chat.says("gpu")).on("laptop", Chat.says("laptop"));
    }

    private static boolean isPrivate(RequestView request) {
        return request.headers().first("x-repo").filter("private"::equals).isPresent();
    }

    @Test
    void the_first_rule_that_holds_decides() throws Exception {
        layout.rule(request -> false, "coding").rule(request -> true, "private").rule(request -> true, "coding");
        try (RoutedResponse response = ask(chat("auto"))) {
            assertThat(response.text()).isEqualTo("laptop");
            assertThat(response.trace().chosenBy()).isEqualTo("rule 2");
        }
    }

    @Test
    void a_name_beats_a_rule() throws Exception {
        layout.rule(request -> true, "private");
        assertThat(bytes(chat("gpu/m"))).contains("gpu");
    }

    @Test
    void a_rule_that_always_holds_beats_everything_the_request_names() throws Exception {
        layout.rule(RulesTest::isPrivate, "private", true);
        assertThat(bytes(chat("gpu/m").withHeader("x-repo", "private").withHeader("X-Signalbox-Profile", "coding")))
                .contains("laptop");
        assertThat(bytes(chat("gpu/m"))).contains("gpu");
    }

    @Test
    void the_default_takes_what_no_rule_takes() throws Exception {
        layout.rule(request -> false, "private");
        assertThat(bytes(chat("auto"))).contains("gpu");
    }

    @Test
    void a_matcher_that_throws_is_told_by_name_and_routes_nothing() throws Exception {
        layout.rule(
                request -> {
                    throw new IllegalStateException("oops");
                },
                "private");
        Unroutable failed = refused(Unroutable.class, chat("auto"));
        assertThat(failed.problem().status()).isEqualTo(500);
        assertThat(failed.problem().message()).contains("matcher test").contains("oops");
        assertThat(backends.sent("gpu")).isEmpty();
    }
}
