package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Caller;
import dev.signalbox.api.Priority;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.room.Waiting;
import dev.signalbox.spi.RouterEvent;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PrioritiesTest extends EngineFixture {

    private static final Caller BATCH = new Caller("batch", Set.of(), Optional.of(Priority.BACKGROUND));

    @BeforeEach
    void one_place() {
        layout.backend("gpu", "m")
                .profile("urgent", Layout.priority(Priority.FOREGROUND), "gpu/m")
                .profile("plain", "gpu/m")
                .alias("slow", "urgent", Priority.BACKGROUND)
                .gate("one", 1, 8, "gpu");
        backends.on("gpu", Chat.says("gpu"));
    }

    /** The priority a request waits with. */
    private Priority of(RouteRequest request) throws Exception {
        try (RoutedResponse first = ask(stream("gpu/m"))) {
            Later<RoutedResponse> second = later(request);
            heard.await(RouterEvent.Waiting.class, 1);
            Priority seen = engine().room().waiting().stream()
                    .map(Waiting::priority)
                    .findFirst()
                    .orElseThrow();
            first.close();
            second.get().close();
            return seen;
        }
    }

    @Test
    void is_normal_where_nobody_says_anything() throws Exception {
        assertThat(of(chat("plain"))).isEqualTo(Priority.NORMAL);
    }

    @Test
    void a_profile_says_it() throws Exception {
        assertThat(of(chat("urgent"))).isEqualTo(Priority.FOREGROUND);
    }

    @Test
    void an_alias_beats_its_profile() throws Exception {
        assertThat(of(chat("slow"))).isEqualTo(Priority.BACKGROUND);
    }

    @Test
    void the_header_beats_them_all() throws Exception {
        assertThat(of(chat("slow").withHeader("X-Signalbox-Priority", "Foreground")))
                .isEqualTo(Priority.FOREGROUND);
    }

    @Test
    void a_header_that_means_nothing_is_refused() throws Exception {
        Unroutable refused = refused(Unroutable.class, chat("slow").withHeader("X-Signalbox-Priority", "urgent"));
        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().message())
                .isEqualTo("X-Signalbox-Priority: it is \"urgent\"; one of foreground, normal, background is expected");
    }

    @Test
    void a_caller_has_one_of_its_own() throws Exception {
        assertThat(of(chat("plain").withCaller(BATCH))).isEqualTo(Priority.BACKGROUND);
    }

    @Test
    void a_profile_beats_the_caller() throws Exception {
        assertThat(of(chat("urgent").withCaller(BATCH))).isEqualTo(Priority.FOREGROUND);
    }

    @Test
    void a_name_that_nobody_is_configured_for_says_so() throws Exception {
        layout.nowhere("claude-cloud");
        Unroutable refused = refused(Unroutable.class, chat("claude-cloud"));
        assertThat(refused.problem().status()).isEqualTo(503);
        assertThat(refused.problem().code()).isEqualTo("provider_not_configured");
        assertThat(refused.problem().permanent()).isTrue();
    }
}
