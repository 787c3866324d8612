package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Edit;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Ruling;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What guards may do to a request before anybody is asked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScreeningTest extends EngineFixture {

    private FakeGuard guard;

    @BeforeEach
    void one_backend_and_one_guard() {
        layout.backend("gpu", "m").profile("coding", "gpu/m");
        backends.on("gpu", Chat.says("Hello"));
        guard = guard("strict");
    }

    @Test
    void a_guard_sees_the_request_and_the_matched_profile() throws Exception {
        guard.screens = screening ->
                Ruling.pass(screening.profile() + " " + screening.request().lastUserText());
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.trace().notes()).containsExactly("strict: coding Hi");
        }
    }

    @Test
    void a_note_is_an_event_too() throws Exception {
        guard.screens = screening -> Ruling.pass("the loop goes on", "the loop goes on");
        bytes(chat("coding"));
        RouterEvent.Noted noted = heard.only(RouterEvent.Noted.class);
        assertThat(noted.by()).isEqualTo("strict");
        assertThat(noted.note()).isEqualTo("the loop goes on");
    }

    @Test
    void a_guard_may_change_the_request() throws Exception {
        guard.screens = screening -> Ruling.edit(
                List.of(Edit.insert("/temperature", "0.2"), Edit.remove("/seed").dropping("seed")), "cooled down");
        try (RoutedResponse response = ask(body("{\"model\":\"coding\",\"seed\":1,\"messages\":[]}"))) {
            assertThat(response.headers().first("X-Signalbox-Dropped")).contains("seed");
            assertThat(response.trace().edits()).contains("insert /temperature", "remove /seed");
        }
        assertThat(backends.body("gpu")).isEqualTo("{\"model\":\"m\",\"messages\":[],\"temperature\":0.2}");
    }

    @Test
    void a_guard_may_refuse_the_request() throws Exception {
        guard.screens = screening -> Ruling.refuse(Refusal.of(Refusal.Kind.NOT_ALLOWED, "not you"));
        Unroutable failed = refused(Unroutable.class, chat("coding"));
        assertThat(failed.problem().status()).isEqualTo(403);
        assertThat(failed.problem().message()).isEqualTo("not you");
        assertThat(backends.sent("gpu")).isEmpty();
        RouteTrace trace = heard.only(RouterEvent.Finished.class).trace();
        assertThat(trace.outcome()).contains(RouteTrace.Outcome.REFUSED);
        assertThat(trace.notes()).containsExactly("strict: not you");
    }

    @Test
    void a_refusal_that_may_pass_says_come_back_later() throws Exception {
        guard.screens = screening -> Ruling.refuse(Refusal.of(Refusal.Kind.OVER_BUDGET, "enough for today"));
        assertThat(refused(Exhausted.class, chat("coding")).problem().status()).isEqualTo(429);
    }

    @Test
    void a_request_is_screened_once_however_many_targets_are_tried() throws Exception {
        layout.backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.fails("gpu", dev.signalbox.api.FailureKind.UNREACHABLE).on("laptop", Chat.says("Hello"));
        List<String> screened = new java.util.concurrent.CopyOnWriteArrayList<>();
        guard.screens = screening -> {
            screened.add(screening.profile());
            return Ruling.pass();
        };
        bytes(chat("coding"));
        assertThat(screened).containsExactly("coding");
    }
}
