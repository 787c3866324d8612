package dev.signalbox.server.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Server;
import dev.signalbox.server.ingress.Callers;
import dev.signalbox.server.ingress.IngressSettings;
import dev.signalbox.spi.Routing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Modifier;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ListenerTest {

    @Test
    void a_port_that_is_in_use_is_a_failure_and_not_a_server_that_does_not_listen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Server.start(FakeRouting.answering("{}"), taken.getLocalPort()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(BindException.class);
        }
    }

    @Test
    void the_port_is_free_again_when_the_server_has_ended() {
        int port;
        try (Server server = Server.start(FakeRouting.answering("{}"), 0)) {
            port = server.port();
            assertThat(server.uri()).hasScheme("http").hasPort(port);
        }
        Server.start(FakeRouting.answering("{}"), port).close();
    }

    @Test
    void a_second_port_answers_all_the_same_for_as_long_as_the_first() throws Exception {
        URI second;
        try (Listener listener = Listener.start(FakeRouting.answering("{}"), twice(0))) {
            second = listener.ollama().orElseThrow();
            assertThat(second).hasHost("127.0.0.1").isNotEqualTo(listener.uri());
            for (URI address : List.of(listener.uri(), second)) {
                assertThat(status(address.resolve("/api/version"))).isEqualTo(200);
                assertThat(status(address.resolve("/v1/models"))).isEqualTo(200);
            }
        }
        Server.start(FakeRouting.answering("{}"), second.getPort()).close();
    }

    @Test
    void nobody_listens_if_the_second_port_is_in_use() throws Exception {
        int first;
        try (Server free = Server.start(FakeRouting.answering("{}"), 0)) {
            first = free.port();
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Listening listening = Listening.locally(first).withOllamaPort(taken.getLocalPort());
            assertThatThrownBy(() -> Listener.start(FakeRouting.answering("{}"), listening))
                    .isInstanceOfSatisfying(
                            CannotListen.class,
                            cannot -> assertThat(cannot.port()).isEqualTo(taken.getLocalPort()));
        }
        Server.start(FakeRouting.answering("{}"), first).close();
    }

    @Test
    void whoever_listens_beyond_this_machine_without_callers_is_warned() {
        Callers team = Callers.NONE.and("team", "a-key-that-is-long-enough", Set.of());

        assertThat(warnings("0.0.0.0", Callers.NONE))
                .singleElement()
                .asString()
                .contains("0.0.0.0", "no callers are configured", "127.0.0.1");
        assertThat(warnings("0.0.0.0", team)).isEmpty();
        assertThat(warnings("127.0.0.1", Callers.NONE)).isEmpty();
    }

    /** What is said when a server begins to listen there. */
    private static List<String> warnings(String host, Callers callers) {
        Logger log = (Logger) LoggerFactory.getLogger(Listener.class);
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        log.addAppender(heard);
        try {
            IngressSettings ingress = IngressSettings.DEFAULT.withCallers(callers);
            Listener.start(
                            FakeRouting.answering("{}"),
                            new Listening(
                                    host,
                                    0,
                                    Optional.empty(),
                                    Duration.ZERO,
                                    ingress,
                                    TaskPlace.DEFAULT,
                                    Optional.empty()))
                    .close();
        } finally {
            log.detachAppender(heard);
        }
        return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Listening twice(int second) {
        return Listening.locally(0).withOllamaPort(second);
    }

    private static int status(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    @Test
    void a_router_is_not_held_on_to_when_nobody_listens_for_it_any_more() throws Exception {
        ReferenceQueue<Routing> collected = new ReferenceQueue<>();
        WeakReference<Routing> router = listenedFor(collected);
        for (int i = 0; i < 200 && !router.refersTo(null); i++) {
            System.gc();
            collected.remove(10); // milliseconds: one look of the collector's may not be enough
        }
        assertThat(router.refersTo(null)).isTrue();
    }

    @Test
    void whatever_a_router_can_be_asked_is_passed_on() {
        assertThat(Routing.class.getDeclaredMethods())
                .filteredOn(method -> !Modifier.isStatic(method.getModifiers()))
                .allSatisfy(method -> assertThatCode(
                                () -> Points.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                        .doesNotThrowAnyException());
    }

    private static WeakReference<Routing> listenedFor(ReferenceQueue<Routing> collected) throws Exception {
        Routing router = FakeRouting.answering("{}");
        try (Server server = Server.start(router, 0)) {
            HttpURLConnection models = (HttpURLConnection)
                    server.uri().resolve("/v1/models").toURL().openConnection();
            assertThat(models.getResponseCode()).isEqualTo(200);
            models.disconnect();
        }
        return new WeakReference<>(router, collected);
    }
}
