package dev.signalbox.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;

/** A port of the loopback address that refuses every connection for as long as this is open: bound, never listening. */
public final class ClosedPort implements AutoCloseable {

    private final SocketChannel placeholder;
    private final int port;

    private ClosedPort(int wanted) {
        try {
            placeholder = SocketChannel.open();
            placeholder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            placeholder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            port = ((InetSocketAddress) placeholder.getLocalAddress()).getPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("No port could be reserved", failure);
        }
    }

    /** Reserves any port. */
    public static ClosedPort reserve() {
        return new ClosedPort(0);
    }

    static ClosedPort reserve(int port) {
        return new ClosedPort(port);
    }

    /** An address at which connections are refused. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Gives the port back. */
    @Override
    public void close() {
        try {
            placeholder.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The reserved port " + port + " could not be given back", failure);
        }
    }
}
