package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.AttemptReport.Phase;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Preparation;
import dev.signalbox.spi.RouterEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Whatever happens to a request: what it was given is given back once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeasesTest extends EngineFixture {

    private static final int REQUESTS = 1_000;

    private final AtomicInteger turn = new AtomicInteger();
    private final List<Cancellation> clients =
            Stream.generate(Cancellation::create).limit(REQUESTS).toList();

    @Override
    Time engineTime() {
        return new SystemTime();
    }

    /** Answers, fails, breaks off, says nothing until the client has had enough: in turn. */
    private void everythingHappens(String backend) {
        backends.on(backend, call -> switch (turn.getAndIncrement() % 6) {
            case 0 -> Chat.says("Hello").answer(call);
            case 1 -> throw new BackendException(FailureKind.OVERLOADED, "busy");
            case 2 -> call.streamed() ? Tape.sse(Chat.text("Hello")) : Tape.json("{");
            case 3 -> Tape.sse(Chat.ERROR);
            case 4 -> throw new BackendException(FailureKind.REJECTED, "no");
            default ->
                silent(clients.get(
                        Integer.parseInt(call.headers().first("x-number").orElseThrow())));
        });
    }

    private static Tape silent(Cancellation client) {
        Tape tape = Tape.sse(Chat.ROLE).deaf().stalls();
        tape.paused().thenRun(client::cancel);
        return tape;
    }

    /** Asked again as soon as the room is done with it, as by a probe. */
    private Admission putOff() {
        Thread.startVirtualThread(engine().room()::askAgain);
        return Admission.later("not now");
    }

    /**
     * Has something prepared now and then, the first time until somebody else wants that too. It is asked last: what it
     * has granted is taken back only because the host prepares for another.
     */
    private static Function<Attempt, Admission> preparing(FakeGuard guard) {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<Void> met = new CompletableFuture<>();
        Preparation preparation = deadline -> {
            begun.set(true);
            met.join();
        };
        return attempt -> {
            if (asked.incrementAndGet() % 3 != 0) {
                return Admission.granted(guard.new Ticket());
            }
            if (begun.get()) {
                met.complete(null);
            }
            return Admission.granted(guard.new Ticket(), preparation);
        };
    }

    @Test
    void a_thousand_requests_of_which_many_are_cancelled_fail_or_break_off() throws Exception {
        layout.backend("gpu", Layout.host("box"), "m")
                .backend("laptop", Layout.host("box"), "m")
                .profile("coding", "gpu/m", "laptop/m")
                .gate("some", 50, 5_000, "gpu", "laptop");
        everythingHappens("gpu");
        everythingHappens("laptop");
        FakeGuard first = guard("first");
        FakeGuard second = guard("second");
        AtomicInteger asked = new AtomicInteger();
        second.admits = attempt -> asked.incrementAndGet() % 7 == 0 ? putOff() : Admission.granted(second.new Ticket());
        FakeGuard third = guard("third");
        third.admits = preparing(third);
        Engine engine = engine();
        List<Later<Void>> all = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            RouteRequest request = (i % 3 != 0 ? stream("coding") : chat("coding"))
                    .withHeader("x-number", "" + i)
                    .withCancellation(clients.get(i));
            all.add(Later.run(() -> {
                try (RoutedResponse response = engine.route(request)) {
                    read(response);
                } catch (RouteException expected) {
                    // as it should be for many of them
                }
                return null;
            }));
        }
        for (int i = 0; i < REQUESTS; i += 10) {
            clients.get(i).cancel();
        }
        for (Later<Void> each : all) {
            each.get();
        }
        assertThat(turn).hasValueGreaterThan(REQUESTS / 2);
        assertThat(heard.events(RouterEvent.Received.class)).hasSize(REQUESTS);
        assertThat(heard.events(RouterEvent.Finished.class)).hasSize(REQUESTS);
        for (FakeGuard guard : List.of(first, second, third)) {
            assertThat(guard.wrong).isEmpty();
            assertThat(guard.ended.get() + guard.undone.get()).isEqualTo(guard.granted.get());
            assertThat(guard.reports.stream().filter(report -> report.phase() == Phase.ENDED))
                    .hasSize(heard.events(RouterEvent.Attempted.class).size());
        }
        assertThat(third.undone).as("found the host preparing").hasPositiveValue();
        assertThat(engine.plans().now().gates().get("some").taken()).isZero();
        assertThat(engine.traffic().total()).isZero();
        assertThat(engine.room().waiting()).isEmpty();
    }
}
