package dev.signalbox.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a client leaves before its answer has ended.
 *
 * @param script what it has asked for
 * @param chunks how many chunks it has read when it leaves
 */
record Departure(String about, Script script, int chunks) {
    private static final int REQUEST_BYTES = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AFTER_ARRIVAL = Duration.ofMillis(50);
    private static final int BUFFER = 1 << 13;

    /**
     * Sends the request, leaves, and waits until the mock upstream sees its own connection closed.
     *
     * @return the nanoseconds between the two
     * @throws BenchException if it does not see it within five seconds
     */
    long take(Bed bed, Contender contender) throws IOException, InterruptedException {
        long id = Load.nextId();
        Upstream.Watch watch = bed.upstream().watch(id);
        try (Socket socket =
                new Socket(contender.address().getAddress(), contender.address().getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request(contender, id));
            watch.arrived().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            read(socket.getInputStream(), id);
            Thread.sleep(AFTER_ARRIVAL); // so that nothing is on its way when it leaves
            long leaves = System.nanoTime();
            socket.close();
            return watch.left().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) - leaves;
        } catch (TimeoutException | ExecutionException e) {
            throw new BenchException(
                    "%s, %s: the mock upstream did not see %s within %d s"
                            .formatted(
                                    contender.name(),
                                    about,
                                    watch.arrived().isDone() ? "the client leave" : "the request",
                                    PATIENCE.toSeconds()),
                    e);
        }
    }

    private byte[] request(Contender contender, long id) {
        Script own = new Script(id, script.chunks(), script.every(), script.silent(), script.replyBytes());
        return new ChatRequest(REQUEST_BYTES, own).bytes(contender.address(), contender.path());
    }

    private void read(InputStream in, long id) throws IOException {
        ReplyCheck check = new ReplyCheck(script, Client.OPENAI, planned -> {});
        check.expect(id);
        byte[] buffer = new byte[BUFFER];
        while (check.arrived() < chunks) {
            int count = in.read(buffer);
            if (count < 0) {
                throw new IOException("the stream ended after " + check.arrived() + " chunks");
            }
            check.body(ByteBuffer.wrap(buffer, 0, count));
        }
    }
}
