package dev.signalbox.server.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Server;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

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
}
