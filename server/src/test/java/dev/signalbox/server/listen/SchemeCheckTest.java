package dev.signalbox.server.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SchemeCheckTest {

    private final ServerSocketChannel channel = open();
    private Socket client = new Socket();
    private Socket accepted = new Socket();

    @BeforeEach
    void connect() throws Exception {
        ServerSocket server = channel.socket();
        client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        accepted = channel.accept().socket();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        accepted.close();
        channel.close();
    }

    @Test
    void hangs_up_on_a_client_that_says_nothing() throws Exception {
        assertThatThrownBy(() -> check(Duration.ofMillis(1)).createSocket(accepted, null, true))
                .isInstanceOf(IOException.class);
        assertThat(client.getInputStream().read()).isNegative();
    }

    @Test
    void hangs_up_on_a_client_that_does_not_go_on() throws Exception {
        client.getOutputStream().write(0x16); // a record of the handshake begins so

        assertThatThrownBy(() -> {
                    SSLSocket secure = (SSLSocket) check(Duration.ofMillis(500)).createSocket(accepted, null, true);
                    secure.setUseClientMode(false);
                    secure.startHandshake();
                })
                .isInstanceOf(IOException.class);
    }

    private static SchemeCheck check(Duration limit) throws Exception {
        return new SchemeCheck(SSLContext.getDefault().getSocketFactory(), limit);
    }

    private static ServerSocketChannel open() {
        try {
            ServerSocketChannel made = ServerSocketChannel.open();
            made.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return made;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
