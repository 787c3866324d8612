package dev.signalbox.testkit;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** One connection of a {@link PlainBackend}. */
final class PlainConnection implements AutoCloseable {

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private final Socket socket;
    private final Deadline deadline;
    private final Cancellation.Registration registration;
    private final InputStream in;

    PlainConnection(Socket socket, Deadline deadline, Cancellation cancellation) throws IOException {
        this.socket = socket;
        this.deadline = deadline;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.registration = cancellation.onCancel(this::closeSocket);
    }

    void send(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writing.to(bytes);
        socket.getOutputStream().write(bytes.toByteArray());
    }

    PlainHead head() throws IOException {
        PlainHead head = oneHead();
        while (head.status() / 100 == 1) {
            head = oneHead();
        }
        return head;
    }

    private PlainHead oneHead() throws IOException {
        String first = line();
        if (!first.matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw new ProtocolException("no HTTP");
        }
        Headers headers = Headers.none();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers = headers.and(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new PlainHead(first.substring(0, 8), Integer.parseInt(first.substring(9, 12)), headers);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int one = read(); one != '\n'; one = read()) {
            if (one < 0) {
                throw new ProtocolException("ended");
            }
            line.append((char) one);
        }
        return line.toString().stripTrailing();
    }

    /** Waits no longer than the deadline. */
    private int read() throws IOException {
        socket.setSoTimeout((int) Math.max(1, deadline.remaining().toMillis()));
        return in.read();
    }

    InputStream body(PlainHead head, boolean trusting) {
        boolean chunked = head.first("transfer-encoding").isPresent();
        long length = head.first("content-length").map(Long::parseLong).orElse(-1L);
        InputStream raw = new InputStream() {
            private long left = chunked ? 0 : length;
            private boolean ended;

            @Override
            public int read() throws IOException {
                try {
                    return ended ? -1 : next();
                } catch (IOException failure) {
                    if (trusting && failure instanceof ProtocolException) {
                        return -1;
                    }
                    throw new BackendReply.BackendFailure(classify(failure));
                }
            }

            private int next() throws IOException {
                if (chunked && left == 0) {
                    left = Long.parseLong(line(), 16);
                    ended = left == 0;
                    left += 2;
                }
                if (ended || left == 0) {
                    return -1;
                }
                int one = PlainConnection.this.read();
                if (one < 0 && length < 0 && !chunked) {
                    return -1;
                }
                if (one < 0) {
                    throw new ProtocolException("cut");
                }
                left--;
                if (chunked && left == 2) {
                    line();
                    left = 0;
                }
                return one;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                int one = count == 0 ? 0 : read();
                if (one < 0 || count == 0) {
                    return one;
                }
                bytes[offset] = (byte) one;
                return 1;
            }
        };
        return new FilterInputStream(raw) {
            @Override
            public void close() {
                PlainConnection.this.close();
            }
        };
    }

    BackendException classified(IOException failure, boolean swallowing) throws InterruptedException {
        if (Thread.currentThread().isInterrupted() && !swallowing) {
            throw (InterruptedException) new InterruptedException("interrupted while waiting").initCause(failure);
        }
        return classify(failure);
    }

    private BackendException classify(IOException failure) {
        FailureKind kind = switch (failure) {
            case BackendReply.BackendFailure read -> read.failure().kind();
            case SocketTimeoutException late -> FailureKind.TIMED_OUT;
            case SocketException broken -> FailureKind.UNREACHABLE;
            default -> FailureKind.BROKEN_REPLY;
        };
        return new BackendException(kind, "no reply: " + kind);
    }

    @Override
    public void close() {
        registration.close();
        closeSocket();
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // there is nothing left to close
        }
    }
}
