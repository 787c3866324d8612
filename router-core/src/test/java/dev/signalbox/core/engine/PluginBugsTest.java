package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.Readings;
import dev.signalbox.core.dialect.RequestReader;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.testkit.TestFactories;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A plugin's own bug ends the request, is told by name and never papered over; everything is given back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PluginBugsTest extends EngineFixture {

    private FakeGuard well;

    @BeforeEach
    void a_chain_of_two() {
        layout.backend("gpu", "m")
                .backend("laptop", "m")
                .profile("coding", "gpu/m", "laptop/m")
                .gate("one", 1, 0, "gpu", "laptop");
        backends.on("gpu", Chat.says("gpu")).on("laptop", Chat.says("laptop"));
        well = guard("a-well-behaved");
    }

    private void isTold(String who) throws Exception {
        RouteException failed = refused(Unroutable.class, chat("coding"));
        assertThat(failed.problem().status()).isEqualTo(500);
        assertThat(failed.problem().code()).isEqualTo("internal_error");
        assertThat(failed.problem().message()).contains(who);
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(RouteTrace.Outcome.REFUSED);
        assertThat(well.ended.get() + well.undone.get()).isEqualTo(well.granted.get());
        assertThat(well.wrong).isEmpty();
        assertThat(engine().plans().now().gates().get("one").taken()).isZero();
        assertThat(engine().traffic().total()).isZero();
        assertThat(backends.sent("laptop")).isEmpty();
    }

    static Stream<Arguments> bugs() {
        return Stream.of(
                bug("an exception", () -> {
                    throw new IllegalStateException("oops");
                }),
                bug("an error", () -> {
                    throw new AssertionError("oops");
                }),
                bug("a missing class", () -> {
                    throw new NoClassDefFoundError("oops");
                }),
                bug("calls without end", PluginBugsTest::endless),
                bug("an answer that is none", () -> {}));
    }

    @SuppressWarnings("InfiniteRecursion") // that is the bug
    private static void endless() {
        bug("deeper", PluginBugsTest::endless);
        endless();
    }

    private static Arguments bug(String what, Runnable bug) {
        return Arguments.of(what, bug);
    }

    private static <T> T nothing(Runnable bug) {
        bug.run();
        return null;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void of_a_guard_that_screens(String what, Runnable bug) throws Exception {
        guard("buggy").screens = screening -> nothing(bug);
        isTold("guard buggy");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void of_a_guard_that_assesses(String what, Runnable bug) throws Exception {
        guard("buggy").assesses = candidate -> nothing(bug);
        isTold("guard buggy");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void of_a_guard_that_admits(String what, Runnable bug) throws Exception {
        guard("buggy").admits =
                attempt -> attempt.target().backend().equals("gpu") ? nothing(bug) : Admission.granted();
        isTold("guard buggy");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void of_a_backend(String what, Runnable bug) throws Exception {
        backends.on("gpu", call -> nothing(bug));
        isTold("backend type fake");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void of_the_edits_of_a_backend(String what, Runnable bug) throws Exception {
        backends.edits = () -> nothing(bug);
        isTold("backend type fake");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void of_a_probe(String what, Runnable bug) throws Exception {
        backends.probe("gpu", deadline -> nothing(bug));
        engine();
        assertThat(well.probed("gpu").failure().orElseThrow().message()).contains("probe of the backend type fake");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void of_a_classifier(String what, Runnable bug) throws Exception {
        FakeClassifier triage = new FakeClassifier();
        triage.says = request -> nothing(bug);
        plugins.add(TestFactories.classifier("triage", triage));
        layout.classify("triage", Map.of("small", "coding"));
        RouteException failed = refused(Unroutable.class, chat(""));
        assertThat(failed.problem().status()).isEqualTo(500);
        assertThat(failed.problem().message()).contains("classifier triage");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void of_a_matcher(String what, Runnable bug) throws Exception {
        layout.rule(request -> PluginBugsTest.<Boolean>nothing(bug), "coding", true);
        isTold("matcher test failed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void of_a_selector(String what, Runnable bug) throws Exception {
        plugins.add(TestFactories.selector("buggy", candidates -> nothing(bug)));
        layout.pool("coding", "buggy", "gpu/m", "laptop/m");
        isTold("selector buggy");
    }

    @Test
    void of_a_preparation_is_the_bug_of_its_guard() throws Exception {
        FakeGuard guard = guard("buggy");
        guard.admits = attempt -> Admission.granted(guard.new Ticket(), deadline -> {
            throw new IllegalStateException("oops");
        });
        isTold("guard buggy");
    }

    @Test
    void a_request_of_too_much_text_is_no_bug_of_who_asks_for_it() throws Exception {
        ParsedRequest large =
                RequestReader.read(RouteRequest.chat("m", "ü".repeat(2000)), new Readings(1024, () -> true));
        backends.edits = () -> {
            throw new AssertionError(large.wholeText());
        };
        RouteException failed = refused(Unroutable.class, chat("coding"));
        assertThat(failed.problem().status()).isEqualTo(413);
        assertThat(well.reports).last().extracting(AttemptReport::outcome).isEqualTo(new Outcome.ClientLeft());
    }

    @Test
    void a_checked_exception_nobody_declared_is_a_bug_too() throws Exception {
        backends.on("gpu", call -> {
            throw PluginBugsTest.<RuntimeException>sneak(new java.io.IOException("oops"));
        });
        isTold("backend type fake");
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void a_guard_that_fails_to_observe_harms_nobody(String what, Runnable bug) throws Exception {
        Consumer<Object> oops = any -> bug.run();
        plugins.add(TestFactories.guard("observing", new ObservingGuard(oops)));
        assertThat(bytes(chat("coding"))).contains("gpu");
        heard.only(RouterEvent.Finished.class);
    }
}
