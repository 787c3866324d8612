package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.spi.RouterEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is told of every request. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventsTest extends EngineFixture {

    @BeforeEach
    void a_chain_of_two() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.fails("gpu", FailureKind.UNREACHABLE).on("laptop", Chat.says("Hello"));
    }

    private void oneEndForOneBeginning() {
        String id = heard.only(RouterEvent.Received.class).traceId();
        assertThat(heard.only(RouterEvent.Finished.class).trace().id()).isEqualTo(id);
    }

    @Test
    void an_answered_request_is_told_from_beginning_to_end() throws Exception {
        bytes(chat("coding"));
        oneEndForOneBeginning();
        assertThat(heard.events(RouterEvent.class))
                .filteredOn(event -> !(event instanceof RouterEvent.BackendChanged))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Received", "Attempted", "AttemptFailed", "Attempted", "Committed", "Finished");
        assertThat(heard.only(RouterEvent.Received.class).model()).isEqualTo("coding");
    }

    @Test
    void a_request_that_names_nobody_is_told() throws Exception {
        refused(Unroutable.class, chat("nobody"));
        oneEndForOneBeginning();
    }

    @Test
    void a_request_that_fails_is_told() throws Exception {
        refused(RouteException.class, chat("gpu/m"));
        oneEndForOneBeginning();
    }

    @Test
    void a_cancelled_request_is_told() throws Exception {
        Cancellation client = Cancellation.create();
        client.cancel();
        refused(RouteException.class, chat("coding").withCancellation(client));
        oneEndForOneBeginning();
    }

    @Test
    void an_answer_that_is_read_and_closed_and_closed_again_is_told_once() throws Exception {
        RoutedResponse response = ask(stream("coding"));
        read(response);
        response.close();
        response.close();
        oneEndForOneBeginning();
    }

    @Test
    void a_body_that_cannot_be_read_again_is_told_and_fails() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        byte[] json =
                "{\"model\":\"coding\",\"profile\":\"coding\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                        .getBytes();
        Body once = new Body() {
            @Override
            public long size() {
                return json.length;
            }

            @Override
            public InputStream open() throws IOException {
                if (reads.incrementAndGet() > 1) {
                    throw new IOException("the disk is gone");
                }
                return new java.io.ByteArrayInputStream(json);
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        RouteException failed = refused(RouteException.class, RouteRequest.of(Dialect.OPENAI_CHAT, once));
        assertThat(failed.problem().status()).isEqualTo(500);
        oneEndForOneBeginning();
    }

    @Test
    void what_is_no_request_has_neither_beginning_nor_end() throws Exception {
        Unroutable failed = refused(Unroutable.class, body("[]"));
        assertThat(failed.problem().status()).isEqualTo(400);
        assertThat(heard.events(RouterEvent.Received.class)).isEmpty();
        assertThat(heard.events(RouterEvent.Finished.class)).isEmpty();
    }

    @Test
    void the_body_is_closed_however_it_ends() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        for (String json :
                new String[] {"[]", "{\"model\":\"nobody\"}", "{\"model\":\"gpu/m\"}", "{\"model\":\"coding\"}"}) {
            closed.set(0);
            Body body = closing(json, closed);
            try {
                ask(RouteRequest.of(Dialect.OPENAI_CHAT, body)).close();
            } catch (RouteException refused) {
                // as it should be for most of them
            }
            assertThat(closed.get()).as(json).isPositive();
        }
    }

    @Test
    void the_body_is_given_back_before_the_answer_is_relayed() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        Body body = closing("{\"model\":\"coding\",\"stream\":true,\"messages\":[]}", closed);
        try (RoutedResponse response = ask(RouteRequest.of(Dialect.OPENAI_CHAT, body))) {
            assertThat(closed).hasValue(1);
            read(response);
        }
    }

    private static Body closing(String json, AtomicInteger closed) {
        Body body = Body.of(json);
        return new Body() {
            @Override
            public long size() {
                return body.size();
            }

            @Override
            public InputStream open() throws IOException {
                return body.open();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                body.writeTo(out);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Test
    void a_listener_that_throws_harms_nobody_and_others_hear_the_rest() throws Exception {
        listeners.addFirst(event -> {
            throw new AssertionError("oops");
        });
        listeners.addFirst(event -> {
            throw new IllegalStateException("oops");
        });
        assertThat(bytes(chat("coding"))).contains("Hello");
        oneEndForOneBeginning();
    }

    @Test
    void a_request_that_comes_back_to_the_same_router_is_stopped() throws Exception {
        backends.on("laptop", call -> {
            RouteRequest again = new RouteRequest(
                    call.dialect(),
                    call.body(),
                    Headers.of("Via", call.via()),
                    call.request().caller(),
                    call.cancellation());
            assertThatThrownBy(() -> ask(again)).isInstanceOfSatisfying(Unroutable.class, loop -> {
                assertThat(loop.problem().status()).isEqualTo(508);
                assertThat(loop.problem().code()).isEqualTo("loop_detected");
            });
            return Chat.says("Hello").answer(call);
        });
        assertThat(bytes(chat("coding").withHeader("Via", "1.1 somebody"))).contains("Hello");
        assertThat(backends.sent("laptop").getFirst().call().via()).startsWith("1.1 somebody, 1.1 signalbox-");
    }

    @Test
    void another_router_on_the_way_is_no_loop() throws Exception {
        EngineFixture other = new EngineFixture() {};
        other.layout.backend("laptop", "m");
        other.backends.on("laptop", Chat.says("from the other"));
        backends.on("laptop", call -> {
            RouteRequest on = RouteRequest.chat("laptop/m", "Hi").withHeader("Via", call.via());
            try (RoutedResponse response = other.ask(on)) {
                return Tape.json(read(response));
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
        assertThat(bytes(chat("coding"))).contains("from the other");
        other.closeTheEngine();
    }

    @Test
    void requests_may_come_from_any_thread() throws Exception {
        engine();
        Later<String> platform = Later.runOnPlatformThread(() -> bytes(stream("coding")));
        assertThat(platform.get()).contains("Hello");
    }
}
