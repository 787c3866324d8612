package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;

/** One socket to one server. Used by one thread at a time; {@link #close} by any. */
final class Connection extends Kept {

    private final SocketChannel channel;
    private final Socket socket;
    private final Input input;
    private final ByteBuffer probe = ByteBuffer.allocateDirect(1); // else each look at it would take one for a moment

    /**
     * A connection over that channel.
     *
     * @param socket the channel's own socket, or one that encrypts over it
     */
    Connection(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.input = new Input(socket.getInputStream());
    }

    Input input() {
        return input;
    }

    @Override
    boolean heard() {
        return input.touched();
    }

    /** Sends all of these bytes. */
    void send(ByteBuffer bytes) throws IOException {
        if (socket instanceof SSLSocket) {
            byte[] plain = new byte[bytes.remaining()];
            bytes.get(plain);
            socket.getOutputStream().write(plain);
        }
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Whether nothing that was read from the socket is left over; what is still in it {@link #alive} sees. */
    boolean quiet() {
        try {
            boolean decrypted =
                    socket instanceof SSLSocket && socket.getInputStream().available() > 0;
            return input.buffered() == 0 && !decrypted;
        } catch (IOException broken) {
            return false;
        }
    }

    /**
     * Whether the server has neither closed it nor sent anything unasked, as far as is known here.
     *
     * <p>A read that does not wait, below any encryption: on a virtual thread one system call and half a microsecond.
     */
    @Override
    boolean alive() {
        try {
            channel.configureBlocking(false);
            try {
                return channel.read(probe) == 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException dead) {
            return false;
        }
    }

    /**
     * Closes the socket, not the encryption over it, which would want to write and may have to wait. Every reply says
     * where it ends, so no server mistakes this for a shortened request.
     */
    @Override
    void close() {
        close(channel);
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // what it was for has ended in any case
        }
    }
}
