package dev.signalbox.backend.echo;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply.BackendFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The bytes of an answer at the pace at which it is spoken. One thread reads; any thread may close. */
final class SpokenBody extends InputStream {

    private final Iterator<Utterance> utterances;
    private final Ending ending;
    private final BackendCall call;
    private final CountDownLatch over = new CountDownLatch(1); // closed or cancelled
    private final Cancellation.Registration cancelling;
    private ByteBuffer current = ByteBuffer.allocate(0);

    SpokenBody(Iterator<Utterance> utterances, Ending ending, BackendCall call) {
        this.utterances = utterances;
        this.ending = ending;
        this.call = call;
        this.cancelling = call.cancellation().onCancel(over::countDown);
    }

    /** Bytes, and the pause before them. */
    record Utterance(Duration pause, String text) {}

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        pause(Duration.ZERO);
        while (!current.hasRemaining()) {
            if (!utterances.hasNext()) {
                return end();
            }
            Utterance next = utterances.next();
            pause(next.pause());
            current = ByteBuffer.wrap(next.text().getBytes(StandardCharsets.UTF_8));
        }
        int count = Math.min(length, current.remaining());
        current.get(into, offset, count);
        return count;
    }

    @Override
    public int available() {
        return current.remaining();
    }

    @Override
    public void close() {
        over.countDown();
        cancelling.close();
    }

    private int end() throws IOException {
        switch (ending) {
            case Ending.Quiet quiet -> {
                return -1;
            }
            case Ending.Silence silence -> pause(call.deadline().remaining().plusSeconds(1));
            case Ending.Break broken -> throw new BackendFailure(broken.failure());
        }
        throw timedOut();
    }

    /** Waits that long, and fails if the answer is over before, or may not take that long. */
    private void pause(Duration time) throws IOException {
        long left = call.deadline().remainingNanos();
        try {
            if (over.await(Math.min(TimeUnit.NANOSECONDS.convert(time), left), TimeUnit.NANOSECONDS)) {
                throw new BackendFailure(new BackendException(FailureKind.BROKEN_REPLY, "closed while it was read"));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
        if (call.deadline().expired()) {
            throw timedOut();
        }
    }

    private static BackendFailure timedOut() {
        return new BackendFailure(new BackendException(FailureKind.TIMED_OUT, "not all was said by the deadline"));
    }
}
