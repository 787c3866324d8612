package dev.signalbox.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.conformance.Honesty.Outcome;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks over HTTP, and leaves as clients do: by closing or resetting the connection. Any thread may ask. */
final class HttpWay implements Crowd.Way, AutoCloseable {

    /** No request may take that long; the limits of the profiles are far below. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    HttpWay(URI server) {
        this.server = server;
    }

    @Override
    public Outcome ask(Ask ask) throws IOException, InterruptedException {
        return ask.stays() ? stay(ask) : leave(ask);
    }

    private Outcome stay(Ask ask) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(ask.path()))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(ask.body()))
                .build();
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        boolean cut = false;
        try (InputStream body = answer.body()) {
            body.transferTo(read);
        } catch (IOException broken) {
            cut = true;
        }
        return Honesty.of(ask, answer.statusCode(), answer.headers(), read.toString(UTF_8), cut);
    }

    private Outcome leave(Ask ask) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            byte[] body = ask.body().getBytes(UTF_8);
            String head =
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(ask.path(), body.length);
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().write(body);
            if (ask.streamed()) {
                awaitFirstEvent(socket);
            }
            socket.setSoLinger(ask.abrupt(), 0);
        }
        return Outcome.LEFT;
    }

    /** Or the head of an error, which is all that comes then. */
    private static void awaitFirstEvent(Socket socket) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String line = lines.readLine();
        if (line == null || !line.contains(" 200")) {
            return;
        }
        while (line != null && !line.startsWith("data: ")) {
            line = lines.readLine();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
