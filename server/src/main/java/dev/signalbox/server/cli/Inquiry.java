package dev.signalbox.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** One question to a running server; whatever comes in between is told as trouble with what to do about it. */
final class Inquiry {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LARGEST = 64 << 20;
    private static final int SHOWN = 300;
    private static final String IS_IT = "Is that a Signalbox? --url says where it listens.";

    private final String where;
    private final HttpRequest.Builder request;

    /** To an address as somebody has written it. */
    Inquiry(String address, String path) {
        this.where = address;
        this.request =
                HttpRequest.newBuilder(URI.create(server(address) + path)).timeout(LIMIT);
    }

    Inquiry header(String name, String value) {
        try {
            request.header(name, value);
        } catch (IllegalArgumentException cannot) {
            throw new Trouble("The header %s cannot be sent: %s"
                    .formatted(name, value.isBlank() ? "it is empty" : "a name or value like that is not allowed"));
        }
        return this;
    }

    Inquiry post(byte[] json) {
        request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(json));
        return this;
    }

    /** What it answers with status 200. */
    String answer() throws InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                String text = new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8);
                return understood(response, text);
            } finally {
                client.shutdownNow();
            }
        } catch (IOException nobody) {
            throw new Trouble(words(nobody));
        }
    }

    private String understood(HttpResponse<?> response, String text) {
        int status = response.statusCode();
        if (status == 200) {
            return text;
        }
        Optional<String> ours = Answers.problem(text);
        String said = "%s answers with status %d: %s".formatted(where, status, ours.orElseGet(() -> excerpt(text)));
        throw new Trouble(
                said + (ours.isEmpty() ? "\n" + IS_IT : status == 401 ? "\n--key gives one to this command." : ""));
    }

    private static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    private String words(IOException failure) {
        return switch (failure) {
            case HttpTimeoutException silent ->
                "%s says nothing for %d s. %s".formatted(where, LIMIT.toSeconds(), IS_IT);
            case SSLException tls ->
                "%s cannot be asked over TLS (%s). If it speaks plain HTTP, write http://; its certificate has to be one that Java trusts."
                        .formatted(where, tls.getMessage());
            case ConnectException unknown
            when unresolved(unknown) ->
                "There is no host of that name: %s. --url says where the server listens.".formatted(where);
            case ConnectException nobody ->
                "Nobody answers at %s. Is the server running? \"signalbox serve\" starts it; --url says where it is."
                        .formatted(where);
            default ->
                "What answers at %s does not speak HTTP as Signalbox does (%s). If it speaks TLS, write https://."
                        .formatted(where, failure.getMessage());
        };
    }

    private static boolean unresolved(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static String server(String address) {
        try {
            URI uri = new URI(address.strip());
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (http && bare && uri.getHost() != null && uri.getPort() < 1 << 16) {
                String text = uri.toString();
                return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            }
        } catch (URISyntaxException notOne) {
            // said below
        }
        throw new Trouble(
                "--url: \"%s\" is not the address of a server, such as http://127.0.0.1:8484".formatted(address));
    }
}
