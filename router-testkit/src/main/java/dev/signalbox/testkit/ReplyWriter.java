package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Plays one reply on one connection. */
final class ReplyWriter {

    /** How many bytes more than it sends a truncated reply announces. */
    private static final int MISSING = 16;

    private final OutputStream out;
    private final Reply reply;
    private final ReceivedRequest request;
    private final CompletableFuture<Void> stop;

    /**
     * Plays it once.
     *
     * @param stop ends all waiting: the server is being closed
     */
    ReplyWriter(OutputStream out, Reply reply, ReceivedRequest request, CompletableFuture<Void> stop) {
        this.out = out;
        this.reply = reply;
        this.request = request;
        this.stop = stop;
    }

    /** The client left or the server is being closed; nothing is left to do. */
    static final class Over extends IOException {
        private static final long serialVersionUID = 1L;
    }

    void write() throws IOException, InterruptedException {
        for (Step step : reply.before()) {
            play(step, false);
        }
        boolean body = !request.method().equals("HEAD");
        if (reply.delimiter() != Reply.Delimiter.NONE) {
            settleIf(reply.body().isEmpty() || !body);
            send(head());
        }
        if (body) {
            writeBody();
        }
    }

    private void writeBody() throws IOException, InterruptedException {
        for (Iterator<Step> steps = reply.body().iterator(); steps.hasNext(); ) {
            Step step = steps.next();
            play(step, !steps.hasNext() && reply.delimiter() != Reply.Delimiter.CHUNKS);
        }
        settleIf(true);
        if (reply.delimiter() == Reply.Delimiter.CHUNKS && !breaksOff()) {
            send("0\r\n\r\n".getBytes(ISO_8859_1));
        }
    }

    private void play(Step step, boolean last) throws IOException, InterruptedException {
        switch (step) {
            case Step.Send send -> {
                settleIf(last);
                send(framed(send.bytes()));
            }
            case Step.Stand stand -> stand(stand.gate());
            case Step.Pause pause -> Thread.sleep(pause.time());
            case Step.Inform inform ->
                send("HTTP/1.1 %d Interim\r\n\r\n".formatted(inform.status()).getBytes(ISO_8859_1));
        }
    }

    /** From here on a client that goes has its whole reply; one that breaks off never has. */
    private void settleIf(boolean last) {
        if (last && !breaksOff()) {
            request.answered();
        }
    }

    private boolean breaksOff() {
        return switch (reply.ending()) {
            case TRUNCATE, RESET, STALL -> true;
            case COMPLETE, CLOSE, HALF_CLOSE -> false;
        };
    }

    private void stand(Gate gate) throws Over {
        CompletableFuture<Void> end = reply.runsToItsEnd() ? stop : either(request.left(), stop);
        if (!gate.pass(end)) {
            throw new Over();
        }
    }

    static CompletableFuture<Void> either(CompletableFuture<Void> first, CompletableFuture<Void> second) {
        return CompletableFuture.anyOf(first, second).thenAccept(done -> {});
    }

    private byte[] framed(byte[] piece) {
        if (reply.delimiter() != Reply.Delimiter.CHUNKS) {
            return piece;
        }
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(piece.length) + "\r\n").getBytes(ISO_8859_1));
        chunk.writeBytes(piece);
        chunk.writeBytes("\r\n".getBytes(ISO_8859_1));
        return chunk.toByteArray();
    }

    private byte[] head() {
        StringBuilder head = new StringBuilder();
        head.append("%s %d %s\r\n".formatted(reply.version(), reply.status(), Reasons.of(reply.status())));
        for (Map.Entry<String, String> header : reply.headers()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        switch (reply.delimiter()) {
            case CHUNKS -> head.append("Transfer-Encoding: chunked\r\n");
            case LENGTH -> head.append("Content-Length: ").append(length()).append("\r\n");
            case CLOSE, NONE -> {}
        }
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private int length() {
        List<byte[]> pieces = reply.body().stream()
                .filter(Step.Send.class::isInstance)
                .map(step -> ((Step.Send) step).bytes())
                .toList();
        return pieces.stream().mapToInt(piece -> piece.length).sum() + (breaksOff() ? MISSING : 0);
    }

    private void send(byte[] bytes) throws IOException {
        if (!reply.isByteByByte()) {
            out.write(bytes);
            return;
        }
        for (byte one : bytes) {
            out.write(one);
        }
    }
}
