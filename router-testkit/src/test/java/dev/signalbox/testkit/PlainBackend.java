package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The simplest backend that keeps all promises: a connection for each call. Or, with defects, one that does not. */
final class PlainBackend implements Backend {

    enum Defect {
        SENDS_CHUNKS,
        LEAKS_HEADERS,
        IGNORES_CLOSE,
        IGNORES_CANCELLATION,
        IGNORES_TRUNCATION,
        SWALLOWS_INTERRUPTS,
        ASKS_TWICE,
        TELLS_ALL,
        BELIEVES_ANYTHING
    }

    private static final int LONGEST_ERROR = 64 * 1024;

    private final URI server;
    private final String key;
    private final Set<Defect> defects;

    PlainBackend(URI server, String key, Defect... defects) {
        this.server = server;
        this.key = key;
        this.defects = defects.length == 0 ? Set.of() : EnumSet.copyOf(Arrays.asList(defects));
    }

    @Override
    public Set<Dialect> dialects() {
        return Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_EMBEDDINGS);
    }

    @Override
    public BackendReply exchange(BackendCall call) throws BackendException, InterruptedException {
        if (has(Defect.ASKS_TWICE)) {
            try {
                return exchangeOnce(call);
            } catch (BackendException first) {
                return exchangeOnce(call);
            }
        }
        return exchangeOnce(call);
    }

    private BackendReply exchangeOnce(BackendCall call) throws BackendException, InterruptedException {
        PlainConnection connection = open(call.deadline(), call.cancellation());
        try {
            connection.send(out -> write(out, call));
            PlainHead head = connection.head();
            if (head.status() / 100 != 2) {
                byte[] error = connection.body(head, false).readNBytes(LONGEST_ERROR);
                connection.close();
                throw new BackendException(refused(head, new String(error, ISO_8859_1)));
            }
            return reply(connection, head);
        } catch (IOException failure) {
            connection.close();
            throw connection.classified(failure, has(Defect.SWALLOWS_INTERRUPTS));
        }
    }

    private PlainConnection open(Deadline deadline, Cancellation cancellation) throws BackendException {
        try {
            Socket socket = new Socket("127.0.0.1", server.getPort());
            return new PlainConnection(
                    socket, deadline, has(Defect.IGNORES_CANCELLATION) ? Cancellation.create() : cancellation);
        } catch (ConnectException refused) {
            throw new BackendException(FailureKind.UNREACHABLE, "connection refused");
        } catch (IOException failure) {
            throw new BackendException(FailureKind.UNREACHABLE, "no connection");
        }
    }

    private void write(OutputStream out, BackendCall call) throws IOException {
        StringBuilder head = new StringBuilder("POST /v1/any HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n");
        head.append("Content-Type: application/json\r\nAuthorization: Bearer ")
                .append(key)
                .append("\r\n");
        head.append("Via: ").append(call.via()).append("\r\n");
        call.headers().forEach(line -> {
            if (line.getKey().equals("traceparent")
                    || (has(Defect.LEAKS_HEADERS) && line.getKey().startsWith("X-"))) {
                head.append(line.getKey()).append(": ").append(line.getValue()).append("\r\n");
            }
        });
        if (has(Defect.SENDS_CHUNKS)) {
            out.write((head + "Transfer-Encoding: chunked\r\n\r\n").getBytes(ISO_8859_1));
            out.write((Long.toHexString(call.body().size()) + "\r\n").getBytes(ISO_8859_1));
            call.body().writeTo(out);
            out.write("\r\n0\r\n\r\n".getBytes(ISO_8859_1));
            return;
        }
        out.write((head + "Content-Length: " + call.body().size() + "\r\n\r\n").getBytes(ISO_8859_1));
        call.body().writeTo(out);
    }

    private BackendReply reply(PlainConnection connection, PlainHead head) {
        InputStream body = connection.body(head, has(Defect.IGNORES_TRUNCATION));
        return new BackendReply() {
            @Override
            public int status() {
                return head.status();
            }

            @Override
            public Headers headers() {
                return head.crossing();
            }

            @Override
            public InputStream body() {
                return body;
            }

            @Override
            public void close() {
                if (!has(Defect.IGNORES_CLOSE)) {
                    connection.close();
                }
            }
        };
    }

    private Failure refused(PlainHead head, String text) {
        String said = messageOf(text);
        String message = has(Defect.TELLS_ALL) ? said : said.replace(key, "***");
        Optional<Duration> retryAfter =
                head.first("retry-after").map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        return read(head.status(), message).retryAfter(retryAfter);
    }

    private static String messageOf(String text) {
        try {
            String message = Json.read(text).text("/error/message");
            return message.isEmpty() ? text : message;
        } catch (IllegalArgumentException notJson) {
            return text;
        }
    }

    @Override
    public BackendStatus probe(Deadline deadline) throws BackendException, InterruptedException {
        PlainConnection connection = open(deadline, Cancellation.create());
        try {
            connection.send(
                    out -> out.write(("GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n\r\n")
                            .getBytes(ISO_8859_1)));
            PlainHead head = connection.head();
            String list = new String(connection.body(head, false).readNBytes(LONGEST_ERROR), ISO_8859_1);
            if (has(Defect.BELIEVES_ANYTHING) || list.contains("\"object\":\"list\"")) {
                return BackendStatus.of(dev.signalbox.api.BackendState.READY);
            }
            throw new BackendException(FailureKind.BROKEN_REPLY, "no list of models");
        } catch (IOException failure) {
            throw connection.classified(failure, false);
        } finally {
            connection.close();
        }
    }

    private boolean has(Defect defect) {
        return defects.contains(defect);
    }
}
