package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes connections. A host with several addresses, as {@code localhost} may be, is tried at each of them in turn. */
final class Connector {

    private final TransportOptions options;

    Connector(TransportOptions options) {
        this.options = options;
    }

    /** A new connection, ready for a request. */
    Connection connect(Origin origin, Exchange exchange) throws IOException {
        exchange.enters(Exchange.Phase.CONNECTING);
        long by = exchange.connectsWithin(options.connectLimit().toNanos());
        List<InetAddress> addresses = Resolver.resolve(origin, exchange);
        ConnectTrouble trouble = new ConnectTrouble();
        Iterator<InetAddress> rest = addresses.iterator();
        for (int left = addresses.size(); rest.hasNext(); left--) {
            InetSocketAddress address = new InetSocketAddress(rest.next(), origin.port());
            SocketChannel channel = open(exchange, trouble);
            if (connected(channel, address, share(by, left), exchange, trouble)) {
                return secured(channel, origin, exchange);
            }
        }
        throw trouble.told();
    }

    /** An equal share of the time for each address, in ms; for the last one no time of its own, the exchange has one. */
    private static int share(long by, int left) {
        long millis = TimeUnit.NANOSECONDS.toMillis(by - System.nanoTime());
        return left == 1 ? 0 : Math.clamp(millis / left, 1, Integer.MAX_VALUE);
    }

    private static SocketChannel open(Exchange exchange, ConnectTrouble trouble) throws IOException {
        try {
            SocketChannel channel = SocketChannel.open();
            exchange.cutBy(() -> Connection.close(channel));
            return channel;
        } catch (IOException failure) {
            throw exchange.running() ? trouble.noSocket(failure) : failure;
        }
    }

    private static boolean connected(
            SocketChannel channel, InetSocketAddress address, int millis, Exchange exchange, ConnectTrouble trouble)
            throws IOException {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(address, millis);
            return true;
        } catch (UnsupportedAddressTypeException noSuchFamily) {
            Connection.close(channel);
            trouble.add(address, new IOException("no such kind of address here", noSuchFamily));
        } catch (IOException failure) {
            Connection.close(channel);
            if (!exchange.running() || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            trouble.add(address, failure);
        }
        return false;
    }

    private Connection secured(SocketChannel channel, Origin origin, Exchange exchange) throws IOException {
        try {
            Socket socket = origin.secure() ? options.tls().secure(channel.socket(), origin) : channel.socket();
            exchange.connected();
            return new Connection(channel, socket);
        } catch (IOException | RuntimeException failure) {
            Connection.close(channel);
            throw failure;
        }
    }
}
