package dev.signalbox.server.listen;

import dev.signalbox.server.ingress.TransportErrors;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of a port that speaks TLS. Who speaks plain HTTP there, as a client does that was given {@code http://} instead of
 * {@code https://}, is told so in words; it would see a connection that breaks. Who does not get to the end of the
 * handshake in time is hung up on.
 */
final class SchemeCheck extends SSLSocketFactory {

    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final int PATIENCE = (int) Duration.ofSeconds(1).toMillis();
    private static final int MOST_READS = 16;

    private final SSLSocketFactory sockets;
    private final Duration limit;

    SchemeCheck(SSLSocketFactory sockets) {
        this(sockets, HANDSHAKE);
    }

    /** One that gives clients so long for their part of the handshake. */
    SchemeCheck(SSLSocketFactory sockets, Duration limit) {
        this.sockets = sockets;
        this.limit = limit;
    }

    /** For a connection that has come in. Waits for its first byte, as the handshake would. */
    @Override
    public Socket createSocket(Socket connection, @Nullable InputStream consumed, boolean closes) throws IOException {
        if (consumed != null) {
            return sockets.createSocket(connection, consumed, closes);
        }
        Thread alarm = Thread.startVirtualThread(() -> hangUpLater(connection));
        try {
            SSLSocket secure = encrypted(connection, closes);
            secure.addHandshakeCompletedListener(done -> alarm.interrupt());
            return secure;
        } catch (IOException | RuntimeException failed) {
            alarm.interrupt();
            throw failed;
        }
    }

    private SSLSocket encrypted(Socket connection, boolean closes) throws IOException {
        int first = connection.getInputStream().read();
        if (first < 0) {
            throw new EOFException("it ended before it began");
        }
        if (first >= 'A' && first <= 'Z') { // a method's name; no record of TLS begins so
            tell(connection);
            throw new SSLException("plain HTTP came to a port that speaks TLS");
        }
        return (SSLSocket)
                sockets.createSocket(connection, new ByteArrayInputStream(new byte[] {(byte) first}), closes);
    }

    private void hangUpLater(Socket connection) {
        try {
            Thread.sleep(limit);
            connection.close();
        } catch (InterruptedException shakenHands) {
            Thread.currentThread().interrupt(); // this thread ends
        } catch (IOException closed) {
            // then it has gone
        }
    }

    /** What was sent is read: closing on bytes that nobody has read would take the answer back. */
    private static void tell(Socket connection) throws IOException {
        connection.getOutputStream().write(TransportErrors.plainOnTls());
        connection.shutdownOutput();
        connection.setSoTimeout(PATIENCE);
        InputStream in = connection.getInputStream();
        byte[] unread = new byte[8 << 10];
        for (int reads = 0; reads < MOST_READS && in.read(unread) >= 0; reads++) {
            // of no use to anybody
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean closes) throws IOException {
        return sockets.createSocket(socket, host, port, closes);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return sockets.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return sockets.createSocket(host, port, from, fromPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return sockets.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return sockets.createSocket(host, port, from, fromPort);
    }
}
