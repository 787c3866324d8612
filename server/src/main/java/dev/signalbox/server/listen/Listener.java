package dev.signalbox.server.listen;

import dev.signalbox.server.ingress.Ingress;
import dev.signalbox.server.ingress.KeepAliveTime;
import dev.signalbox.server.ingress.TransportErrors;
import dev.signalbox.spi.Routing;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener with an ingress. Any thread may ask and close. */
public final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int MOST_HEADERS = 64 << 10;

    /** How long answers that are cut may take to end, before their threads are interrupted. */
    private static final Duration CUTTING = Duration.ofSeconds(2);

    private final WebServer web;
    private final Ingress ingress;
    private final Listening listening;
    private final Beside beside;
    private final Runnable afterwards;

    private Listener(WebServer web, Ingress ingress, Listening listening, Beside beside, Runnable afterwards) {
        this.web = web;
        this.ingress = ingress;
        this.listening = listening;
        this.beside = beside;
        this.afterwards = afterwards;
    }

    private Listener with(Beside others) {
        return new Listener(web, ingress, listening, others, afterwards);
    }

    private Listener then(Runnable action) {
        return new Listener(web, ingress, listening, beside, action);
    }

    /**
     * Listens.
     *
     * @throws java.io.UncheckedIOException if it cannot listen there
     */
    public static Listener start(Routing routing, Listening listening) {
        Points points = new Points(routing);
        try {
            return started(points, listening).then(points::letGo);
        } catch (RuntimeException failure) {
            points.letGo();
            throw failure;
        }
    }

    private static Listener started(Routing routing, Listening listening) {
        Ingress main = Beside.main(routing, listening);
        Beside beside = Beside.start(main, routing, listening);
        try {
            return start(main, listening).with(beside);
        } catch (RuntimeException failure) {
            beside.close();
            throw failure;
        }
    }

    /** Listens with an ingress that is there already. */
    public static Listener start(Ingress ingress, Listening listening) {
        checkPlace(listening);
        warnOfStrangers(listening);
        WebServer web = web(ingress, listening).start();
        if (!web.isRunning()) {
            throw new CannotListen(listening.port(), new BindException("Helidon could not listen"));
        }
        return new Listener(web, ingress, listening, Beside.NOTHING, () -> {});
    }

    /** The port it listens on. */
    public int port() {
        return web.port();
    }

    /** Its address. */
    public URI uri() {
        return listening.uri(port());
    }

    /** Where tasks are served on a port of their own; empty if they are not. */
    public Optional<URI> tasks() {
        return beside.tasks().map(Listener::uri);
    }

    /** The second address with all the same; empty if there is none. */
    public Optional<URI> ollama() {
        return beside.ollama().map(Listener::uri);
    }

    /** Stops listening, lets answers that have begun go on for the grace period, then cuts them. */
    @Override
    public void close() {
        Thread closing = Thread.startVirtualThread(beside::close);
        closeThis();
        try {
            closing.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        afterwards.run();
    }

    private void closeThis() {
        ingress.stop();
        Thread cutting = Thread.startVirtualThread(this::cutAfterGrace);
        Thread stopping = Thread.startVirtualThread(web::stop);
        try {
            awaitEnd(stopping);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        cutting.interrupt();
    }

    /** Helidon would also wait, all of the grace period, for a connection that came in the last moment and asks nothing. */
    private void awaitEnd(Thread stopping) throws InterruptedException {
        boolean ended = stopping.join(CUTTING);
        while (!ended && !ingress.isIdle()) {
            ended = stopping.join(CUTTING);
        }
    }

    private void cutAfterGrace() {
        try {
            Thread.sleep(listening.grace());
            ingress.cut();
        } catch (InterruptedException everybodyHasEnded) {
            Thread.currentThread().interrupt();
        }
    }

    /** Helidon does not tell why it could not listen, or that it could not. */
    private static void checkPlace(Listening listening) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(listening.host()), listening.port()));
        } catch (IOException failure) {
            throw new CannotListen(listening.port(), failure);
        }
    }

    private static void warnOfStrangers(Listening listening) {
        if (!listening.ingress().callers().any() && !isLoopback(listening.host())) {
            LOG.warn(
                    "It listens on {} and no callers are configured: whoever reaches this machine may ask. Configure"
                            + " callers, or listen on 127.0.0.1.",
                    listening.host());
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) { // told when it cannot be listened on
            return true;
        }
    }

    private static WebServer web(Ingress ingress, Listening listening) {
        WebServerConfig.Builder config = WebServer.builder()
                .host(listening.host())
                .port(listening.port())
                .shutdownHook(false) // the command line has one, an embedder has its own
                .shutdownGracePeriod(listening.grace().plus(CUTTING))
                .connectionOptions(options -> options.tcpNoDelay(true).readTimeout(Duration.ZERO))
                .useNio(false)
                .writeBufferSize(1)
                .idleConnectionTimeout(KeepAliveTime.OF_LISTENER)
                .errorHandling(ErrorHandling.builder().includeEntity(true).build()) // what the handlers are told
                .contentEncoding(Unencoded.ONLY)
                .directHandlers(TransportErrors.handlers())
                .protocolsDiscoverServices(false)
                .addConnectionSelector(ingress.http1(Http1Config.builder()
                        .maxHeadersSize(MOST_HEADERS)
                        .sendKeepAliveHeader(false) // HTTP/1.1 keeps connections without being told
                        .validateResponseHeaders(false))) // the ingress looks at what it says
                .routing(rules -> rules.register(ingress));
        listening.tls().ifPresent(tls -> config.tls(tls));
        return config.build();
    }
}
