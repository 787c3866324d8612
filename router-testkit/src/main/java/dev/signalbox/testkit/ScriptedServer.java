package dev.signalbox.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A small real HTTP/1 server on a free port of the loopback address that answers what a test tells it, faults included,
 * and remembers what it was asked.
 *
 * <p>Any thread may use it, also while it serves. It never waits by the clock unless a reply is
 * {@linkplain Reply#paced paced} or an {@linkplain #closesIdleAfter idle limit} is set; a test holds it back with a
 * {@link Gate}. Closing it ends everything and fails if one of its threads does not end.
 *
 * <p>{@snippet :
 * try (ScriptedServer server = ScriptedServer.start()) {
 *     server.replies(503, "{\"error\":\"busy\"}").replies(Reply.events("1", "[DONE]"));
 *     ask(server.uri());
 *     assertThat(server.request(0).path()).isEqualTo("/v1/chat/completions");
 * }
 * }
 */
public final class ScriptedServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BACKLOG = 1024;

    private final Playbook playbook = new Playbook();
    private final Journal journal = new Journal();
    private final Tally tally = new Tally();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final int port;
    private volatile Duration idleLimit = Duration.ZERO;
    private volatile ServerSocket listener;
    private volatile Thread acceptor;
    private volatile Optional<ClosedPort> refusing = Optional.empty();

    private ScriptedServer() {
        listener = listen(0);
        port = listener.getLocalPort();
        acceptor = accept(listener);
    }

    /** Starts one; it listens when this returns. */
    public static ScriptedServer start() {
        return new ScriptedServer();
    }

    /** Where it listens, such as {@code http://127.0.0.1:41234}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Its port; stays the same while it does not listen. */
    public int port() {
        return port;
    }

    /** Answers the next request that no rule is for. Said several times, the replies are given one after the other. */
    public ScriptedServer replies(Reply reply) {
        playbook.queue(reply);
        return this;
    }

    /** Answers the next request that no rule is for with a body of {@code application/json}, whatever it is. */
    public ScriptedServer replies(int status, String body) {
        return replies(Reply.json(status, body));
    }

    /** Answers the next request with the beginning of a stream, and then says nothing more. */
    public ScriptedServer repliesThenStalls(int status, String begin) {
        return replies(Reply.status(status)
                .header("Content-Type", "text/event-stream")
                .chunked()
                .chunk(begin)
                .thenStalls());
    }

    /** From now on answers requests for that path so, in turn; the last reply stays. The newest rule wins. */
    public ScriptedServer on(String path, Reply first, Reply... others) {
        return on(request -> request.path().equals(path), Script.inTurn(first, others));
    }

    /** From now on answers such requests so. The newest rule wins. */
    public ScriptedServer on(Predicate<ReceivedRequest> when, Script script) {
        playbook.rule(when, script);
        return this;
    }

    /** Answers what neither a rule nor {@link #replies} is for; a plain 500 unless told otherwise. */
    public ScriptedServer otherwise(Script script) {
        playbook.otherwise(script);
        return this;
    }

    /** All requests so far, in the order in which they came. */
    public List<ReceivedRequest> requests() {
        return journal.requests();
    }

    /** Waits for the request with that number, counted from 0; an {@link AssertionError} after ten seconds. */
    public ReceivedRequest request(int index) throws InterruptedException {
        return journal.request(index, PATIENCE);
    }

    /** Completes when the first client has left before its reply was complete. */
    public Future<Void> clientLeft() {
        return journal.left();
    }

    /** What clients sent that was not HTTP. */
    public List<String> problems() {
        return journal.problems();
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** How many connections are open now. */
    public int openConnections() {
        return open.size();
    }

    /** How many generations run now: POST requests whose reply has not come to its end. */
    public int running() {
        return tally.running();
    }

    /** How many generations ran at once at most. */
    public int mostAtOnce() {
        return tally.most();
    }

    /** How many generations were begun. */
    public int generations() {
        return tally.total();
    }

    /** Closes connections on which nothing happened for that long; some servers do after 5 s. */
    public ScriptedServer closesIdleAfter(Duration limit) {
        idleLimit = limit;
        return this;
    }

    /** Closes all connections that wait for a request, now. */
    public void closeIdleConnections() {
        open.forEach(Connection::closeIfIdle);
    }

    /** Closes all connections, whatever happens on them. */
    public void closeConnections() {
        open.forEach(Connection::close);
    }

    /** Refuses connections from now on; those that are open stay. */
    public void stopListening() {
        close(listener);
        Threads.stillRunning(List.of(acceptor), PATIENCE); // the port is free only when nobody accepts any more
        if (refusing.isEmpty()) {
            refusing = Optional.of(ClosedPort.reserve(port));
        }
    }

    /** Listens again at the same port. */
    public void listenAgain() {
        refusing.ifPresent(ClosedPort::close);
        refusing = Optional.empty();
        listener = listen(port);
        acceptor = accept(listener);
    }

    /**
     * Ends everything: connections, waiting at gates, threads.
     *
     * @throws AssertionError if a thread of the server does not end, which is most likely a script that blocks
     */
    @Override
    public void close() {
        stopped.complete(null);
        close(listener);
        refusing.ifPresent(ClosedPort::close);
        closeConnections();
        threads.forEach(Thread::interrupt);
        List<Thread> left = Threads.stillRunning(threads, PATIENCE);
        if (!left.isEmpty()) {
            throw new AssertionError("Threads of the scripted server do not end: " + left);
        }
    }

    Reply replyTo(ReceivedRequest request) throws InterruptedException {
        return playbook.replyTo(request);
    }

    Journal journal() {
        return journal;
    }

    Tally tally() {
        return tally;
    }

    CompletableFuture<Void> stopped() {
        return stopped;
    }

    Duration idleLimit() {
        return idleLimit;
    }

    private Thread accept(ServerSocket from) {
        return start("scripted-accept-" + port, () -> {
            while (!from.isClosed()) {
                try {
                    serve(from.accept());
                } catch (IOException closed) {
                    // the loop ends if it was closed, and goes on if a client broke off while connecting
                }
            }
        });
    }

    private void serve(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        int number = connections.incrementAndGet();
        Connection connection = new Connection(number, socket, this);
        open.add(connection);
        if (stopped.isDone()) {
            connection.close();
        }
        start("scripted-read-" + port + "-" + number, connection::read);
        start("scripted-answer-" + port + "-" + number, () -> {
            try {
                connection.answer();
            } finally {
                open.remove(connection);
            }
        });
    }

    private Thread start(String name, Runnable work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return socket;
        } catch (IOException failure) {
            throw new UncheckedIOException("The scripted server cannot listen at port " + port, failure);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The scripted server cannot stop listening", failure);
        }
    }
}
