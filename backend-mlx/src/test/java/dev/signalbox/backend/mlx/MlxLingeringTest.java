package dev.signalbox.backend.mlx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Cancelled;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.core.Configuration;
import dev.signalbox.core.Router;
import dev.signalbox.core.RouterBuilder;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedMlx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A client that leaves ends no generation, so its place is not free, and the server's silence is no absence. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MlxLingeringTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OMNI = "omni/" + ScriptedMlx.MODEL;
    private static final String LM = "lm/" + ScriptedMlx.MODEL;

    private final Gate gate = Gate.closed();
    private final ScriptedMlx omni = ScriptedMlx.omni().generatingFor(gate);
    private final ScriptedMlx lm = ScriptedMlx.lm();
    private final Router router = backend(backend(Router.builder(), "omni", omni), "lm", lm)
            .configuration(looking())
            .profile("chain", OMNI, LM)
            .gate("one-at-a-time", 1, 0, "omni")
            .build();

    @AfterEach
    void end() {
        gate.open();
        router.close();
        omni.close();
        lm.close();
    }

    @Test
    void a_place_stays_taken_until_the_server_shows_that_it_has_nothing_to_do() throws Exception {
        leaveWhileItGenerates();

        assertThat(briefs("chain")).as("nobody else is sent there").contains(LM + "=answered");
        await().atMost(LIMIT).until(() -> stateOf("omni") == BackendState.BUSY);
        assertThat(omni.server().generations()).isEqualTo(1);

        gate.open();
        await().atMost(LIMIT).until(() -> briefs("chain").contains(OMNI + "=answered"));
        assertThat(omni.server().mostAtOnce()).isEqualTo(1);
        assertThat(stateOf("omni")).isEqualTo(BackendState.READY);
    }

    @Test
    void after_answers_that_were_read_to_their_end_silence_is_absence() throws Exception {
        try (RoutedResponse streamed = router.route(RouteRequest.chatStream(LM, "Report"));
                RoutedResponse whole = router.route(RouteRequest.chat(LM, "Report"))) {
            assertThat(streamed.text()).isEqualTo(whole.text());
        }

        lm.server().on("/health", Reply.stall());

        await().atMost(LIMIT).until(() -> stateOf("lm") != BackendState.READY);
        assertThat(stateOf("lm")).isEqualTo(BackendState.DOWN);
    }

    private void leaveWhileItGenerates() throws Exception {
        Cancellation leaving = Cancellation.create();
        CompletableFuture<RouteException> left = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try (RoutedResponse answer =
                    router.route(RouteRequest.chatStream(OMNI, "Report").withCancellation(leaving))) {
                left.completeExceptionally(new AssertionError("answered: " + answer.trace()));
            } catch (RouteException told) {
                left.complete(told);
            } catch (Exception other) {
                left.completeExceptionally(other);
            }
        });
        assertThat(gate.reached()).succeedsWithin(LIMIT);
        leaving.cancel();
        assertThat(left).succeedsWithin(LIMIT).isInstanceOf(Cancelled.class);
    }

    private List<String> briefs(String model) throws Exception {
        try (RoutedResponse answer = router.route(RouteRequest.chat(model, "Report"))) {
            answer.text();
            return answer.trace().steps().stream().map(RouteTrace.Step::brief).toList();
        }
    }

    private BackendState stateOf(String backend) {
        return router.targets().stream()
                .filter(target -> target.target().backend().equals(backend))
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** Looks often. */
    private static Configuration looking() {
        Where where = Where.code("test");
        ConfigNode probe = ConfigNode.Table.of(where, Map.of("every", "1s", "timeout", "500ms"));
        return Configuration.of(new ConfigNode.Table(where, new LinkedHashMap<>(Map.of("probe", probe))));
    }

    private static RouterBuilder backend(RouterBuilder router, String name, ScriptedMlx server) {
        return router.backend(
                name, new MlxBackendFactory(), options -> options.with(HttpOptions.BASE_URL, server.uri()));
    }
}
