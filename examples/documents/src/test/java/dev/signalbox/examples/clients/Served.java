package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.core.Configuration;
import dev.signalbox.core.Router;
import dev.signalbox.examples.documents.Document;
import dev.signalbox.examples.documents.Document.Block;
import dev.signalbox.examples.documents.Neighbours;
import dev.signalbox.examples.documents.Written;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.Problems;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Signalbox as a client's page configures it, in front of the servers that the pages speak of. For one thread. */
final class Served implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Overrides FREE_PORT = new Overrides(Optional.of("127.0.0.1"), Optional.of(0));

    private final Neighbours neighbours = new Neighbours();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Router router;
    private final Listener listener;

    private Served(String page, Path folder, String... more) throws IOException {
        Written written = new Written(neighbours, folder);
        for (Block block : Document.client(page).blocks()) {
            if (block.language().equals("yaml") && !block.ofClient()) {
                written.add(block.text());
            }
        }
        for (String yaml : more) {
            written.add(yaml);
        }
        Configuration configuration = Configuration.read(written.file());
        Problems problems = new Problems();
        var listening = new ListeningReader(problems).read(configuration, FREE_PORT);
        problems.throwIfAny();
        this.router = Router.from(written.file());
        this.listener = Listener.start(router, listening);
    }

    /** What the page says, and what is said beyond it. */
    static Served page(String page, Path folder, String... more) throws IOException {
        return new Served(page, folder, more);
    }

    /** Where clients find it. */
    String address() {
        return listener.uri().toString();
    }

    /** The servers behind it. */
    Neighbours neighbours() {
        return neighbours;
    }

    /** Sends a request and reads all of the answer. */
    HttpResponse<String> send(Recording request) throws IOException, InterruptedException {
        return client.send(request.to(listener.uri()), BodyHandlers.ofString());
    }

    /** Sends a request whose answer is read while it comes. */
    InputStream open(Recording request) throws IOException, InterruptedException {
        return client.send(request.to(listener.uri()), BodyHandlers.ofInputStream())
                .body();
    }

    /** Sends a request, which has to be answered, and reads all of the answer. */
    HttpResponse<String> answered(Recording request) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** Sends a request, which has to be answered in JSON. */
    JsonNode json(Recording request) throws IOException, InterruptedException {
        return JSON.readTree(answered(request).body());
    }

    /** Who answered. */
    static String target(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Signalbox-Target").orElse("");
    }

    /** What was left out of a request. */
    static String dropped(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Signalbox-Dropped").orElse("");
    }

    /** What a server was asked last. */
    static JsonNode asked(ScriptedRuntime server) throws IOException {
        List<ReceivedRequest> posts = server.server().requests().stream()
                .filter(request ->
                        request.method().equals("POST") && !request.path().equals("/api/show"))
                .toList();
        return JSON.readTree(posts.getLast().text());
    }

    @Override
    public void close() {
        client.shutdownNow();
        listener.close();
        router.close();
        neighbours.close();
    }
}
