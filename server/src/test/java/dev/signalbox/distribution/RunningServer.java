package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.WireClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own. */
final class RunningServer implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("listens on (http://\\S+)");
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final URI uri;
    private final Path out;
    private final StringBuffer said;

    private RunningServer(Process process, URI uri, Path out, StringBuffer said) {
        this.process = process;
        this.uri = uri;
        this.out = out;
        this.said = said;
    }

    static RunningServer start(List<String> command, Map<String, String> environment, Path folder) throws IOException {
        Path out = Files.createTempFile("signalbox", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        StringBuffer said = new StringBuffer();
        BufferedReader reader = process.errorReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            said.append(line).append('\n');
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                Thread.ofVirtual().start(() -> listen(reader, said));
                return new RunningServer(process, URI.create(address.group(1)), out, said);
            }
        }
        throw new AssertionError("the server ended: " + said);
    }

    private static void listen(BufferedReader reader, StringBuffer said) {
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.append(line).append('\n');
            }
        } catch (IOException closed) {
            // the process has ended
        }
    }

    URI uri() {
        return uri;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    WireClient connect() throws IOException {
        return WireClient.to(uri.getPort());
    }

    /** Asks for an answer that is not streamed. */
    HttpResponse<String> chat(String model, String text) throws IOException, InterruptedException {
        String body = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(model, text);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri.resolve("/v1/chat/completions"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** What it wrote to standard output. */
    String out() throws IOException {
        return Files.readString(out);
    }

    /** What it wrote to standard error so far. */
    String err() {
        return said.toString();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** The code it ends with. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Files.delete(out);
    }
}
