package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Capability;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Support;
import dev.signalbox.core.room.Gate;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Report;
import dev.signalbox.testkit.TestFactories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listens, keeps books and looks after backends is exchanged as well, or said to stay. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExchangeOfTheRestTest extends EngineFixture {

    private final FakeListeners telling = new FakeListeners("telling");
    private final FakeLedgers paper = new FakeLedgers("paper", false);

    @BeforeEach
    void one_backend() {
        layout.backend("gpu", "m");
        backends.on("gpu", call -> Tape.sse(Chat.stream("Hello")));
        plugins.addAll(List.of(telling, paper));
    }

    @Test
    void a_new_listener_hears_of_every_request_from_then_on() throws Exception {
        bytes(stream("gpu/m"));
        engine().exchange(layout.listener("telling", "new").settings());
        bytes(stream("gpu/m"));
        assertThat(telling.heard())
                .containsExactly("new Reconfigured", "new Received", "new Attempted", "new Committed", "new Finished");
    }

    @Test
    void a_listener_that_goes_hears_the_end_of_what_it_heard_the_beginning_of_and_is_closed_then() throws Exception {
        layout.listener("telling", "old");
        RoutedResponse response = ask(stream("gpu/m"));
        engine().exchange(layout.withoutListener("telling").settings());
        bytes(stream("gpu/m"));
        assertThat(telling.heard()).containsExactly("old Received", "old Attempted", "old Committed");
        read(response);
        response.close();
        assertThat(telling.heard()).endsWith("old Committed", "old Finished", "old closed");
    }

    @Test
    void a_listener_whose_settings_change_is_made_anew_and_one_whose_do_not_goes_on() throws Exception {
        FakeListeners steady = new FakeListeners("steady");
        plugins.add(steady);
        layout.listener("telling", "one").listener("steady", "same");
        engine();
        engine().exchange(layout.listener("telling", "two").settings());
        assertThat(telling.heard()).containsExactly("one closed", "two Reconfigured");
        assertThat(steady.heard()).containsExactly("same Reconfigured");
        engine().close();
        assertThat(telling.heard()).endsWith("two closed");
        assertThat(steady.heard()).containsExactly("same Reconfigured", "same closed");
    }

    @Test
    void listeners_that_code_gave_stay_until_the_end() throws Exception {
        engine().exchange(layout.listener("telling", "new").settings());
        bytes(stream("gpu/m"));
        assertThat(heard.events(dev.signalbox.spi.RouterEvent.Finished.class)).hasSize(1);
    }

    @Test
    void a_ledger_stays_as_it_is_and_another_one_is_refused() throws Exception {
        layout.ledger("paper", "one");
        engine();
        engine().exchange(layout.tag("gpu", "v1").settings());
        assertThat(paper.log()).containsExactly("made one");
        assertThatThrownBy(() -> engine().exchange(
                                layout.ledger("paper", "two").tag("gpu", "v2").settings()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("ledger")
                .hasMessageContaining("cannot change while the router runs")
                .hasMessageContaining("\"paper\"");
        assertThatThrownBy(() -> engine().exchange(layout.withoutLedger().settings()))
                .isInstanceOf(ConfigurationException.class);
        assertThat(backends.closed()).containsExactly("gpu");
        assertThat(bytes(stream("gpu/m"))).contains("Hello");
        engine().close();
        assertThat(paper.log()).containsExactly("made one", "closed one");
    }

    @Test
    void where_no_ledger_is_named_and_none_is_on_by_default_there_is_one_in_memory() {
        FakeGuard guard = guard("counting");
        engine();
        assertThat(guard.context().ledger()).isPresent();
        assertThatThrownBy(() -> engine().exchange(layout.ledger("paper", "one").settings()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"memory\"");
        assertThat(paper.log()).isEmpty();
    }

    @Test
    void a_ledger_of_settings_that_are_not_taken_is_closed_again() {
        BrokenLater broken = new BrokenLater();
        plugins.add(broken);
        broken.broken = true;
        layout.ledger("paper", "one").guard("broken-later", "v1");
        assertThatThrownBy(this::engine)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it does not fit");
        assertThat(paper.log()).containsExactly("made one", "closed one");
    }

    @Test
    void gates_stay_as_wide_as_they_are_under_settings_that_are_not_taken() {
        plugins.add(TestFactories.classifier("triage", lent -> {
            throw new IllegalStateException("it does not fit");
        }));
        layout.gate("one", 1, 0, "gpu");
        Gate gate = engine().plans().now().gates().get("one");
        assertThatThrownBy(() -> engine().exchange(layout.gate("one", 5, 5, "gpu")
                        .classify("triage", Map.of("small", "gpu/m"))
                        .settings()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it does not fit");
        assertThat(gate.places()).isEqualTo(1);
        assertThat(gate.queue()).isZero();
    }

    /** A guard that shows how many were made before it, and itself. */
    private GuardFactory showing() {
        AtomicInteger made = new AtomicInteger();
        return TestFactories.guard("showing", lent -> {
            int number = made.incrementAndGet();
            lent.publish(new Report("shown", "How many were made.", () -> number));
            return new Guard() {};
        });
    }

    private Object shown() {
        return engine().reports().get("shown").content().get();
    }

    @Test
    void a_guard_that_is_made_anew_shows_itself() {
        plugins.add(showing());
        layout.guard("showing", "one");
        assertThat(shown()).isEqualTo(1);
        engine().exchange(layout.guard("showing", "two").settings());
        assertThat(shown()).isEqualTo(2);
        engine().exchange(layout.tag("gpu", "v1").settings());
        assertThat(shown()).isEqualTo(2);
    }

    @Test
    void a_guard_that_is_gone_shows_nothing_whatever_it_still_does() {
        List<PluginContext> lent = new ArrayList<>();
        plugins.add(TestFactories.guard("late", context -> {
            lent.add(context);
            return new Guard() {};
        }));
        layout.guard("late", "one");
        engine().exchange(layout.guard("late", "two").settings());
        lent.getFirst().publish(new Report("shown", "Too late.", () -> 1));
        assertThat(engine().reports()).isEmpty();
        lent.getLast().publish(new Report("shown", "In time.", () -> 2));
        assertThat(shown()).isEqualTo(2);
    }

    @Test
    void guards_of_settings_that_are_not_taken_show_nothing() {
        plugins.add(showing());
        plugins.add(TestFactories.classifier("triage", lent -> {
            throw new IllegalStateException("it does not fit");
        }));
        layout.guard("showing", "one");
        engine();
        assertThatThrownBy(() -> engine().exchange(layout.guard("showing", "two")
                        .classify("triage", Map.of("small", "gpu/m"))
                        .settings()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it does not fit");
        assertThat(shown()).isEqualTo(1);
    }

    @Test
    void a_ledger_that_is_on_by_default_needs_no_name() {
        FakeLedgers stone = new FakeLedgers("stone", true);
        plugins.add(stone);
        engine().exchange(layout.settings());
        assertThat(stone.log()).containsExactly("made ");
        assertThatThrownBy(() -> engine().exchange(layout.ledger("paper", "one").settings()))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void models_can_do_what_the_new_table_says(@TempDir Path folder) throws Exception {
        Capability tools = Capability.TOOLS;
        assertThat(engine().targets())
                .singleElement()
                .satisfies(report -> assertThat(report.model().support(tools)).isEqualTo(Support.UNKNOWN));
        engine().exchange(layout.table(Files.writeString(folder.resolve("models.txt"), "m tools\n"))
                .settings());
        assertThat(engine().targets())
                .singleElement()
                .satisfies(report -> assertThat(report.model().support(tools)).isEqualTo(Support.YES));
        assertThat(backends.created()).isEqualTo(1);
    }

    @Test
    void backends_are_looked_at_as_often_as_the_new_settings_say() throws Exception {
        Semaphore looks = new Semaphore(0);
        backends.probe("gpu", deadline -> {
            looks.release();
            return BackendStatus.ready(List.of());
        });
        layout.probing(Duration.ofMinutes(30), Duration.ofSeconds(5));
        engine();
        assertThat(looks.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        engine().exchange(layout.probing(Duration.ofSeconds(10), Duration.ofSeconds(5))
                .settings());
        for (int i = 0; i < 3; i++) {
            time.awaitAlarms(1, Duration.ofSeconds(10));
            time.advance(Duration.ofSeconds(9));
            assertThat(looks.availablePermits()).isZero();
            time.advance(Duration.ofSeconds(1));
            assertThat(looks.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
