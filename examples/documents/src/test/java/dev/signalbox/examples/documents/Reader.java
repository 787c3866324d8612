package dev.signalbox.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.core.Configuration;
import dev.signalbox.core.Router;
import dev.signalbox.examples.documents.Document.Block;
import dev.signalbox.server.cli.Signalbox;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.Problems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Somebody who does what a page says, block by block. For one thread. */
final class Reader implements AutoCloseable {

    private static final String ASK = """
            curl http://127.0.0.1:8484/v1/chat/completions -H 'Content-Type: application/json' \\
              -d '{"model": "auto", "messages": [{"role": "user", "content": "Say hello"}]}'
            """;
    private static final String ADDRESS = "http://127.0.0.1:8484";
    private static final Pattern OURS = Pattern.compile(Pattern.quote(ADDRESS) + "(/v1)?");
    private static final Pattern ARTIFACT = Pattern.compile(
            "<groupId>dev.signalbox</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>");

    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Neighbours neighbours = new Neighbours();
    private final Path folder;
    private final Written written;
    private Optional<HttpResponse<String>> answer = Optional.empty();

    Reader(Path folder) throws IOException {
        this.folder = folder;
        this.written = new Written(neighbours, folder);
    }

    void follow(Block block) throws Exception {
        if (block.ofClient()) {
            reach(block.text());
            return;
        }
        Optional<Path> example = block.example();
        if (example.isPresent()) {
            assertThat(example.get()).hasContent(block.text());
            return;
        }
        switch (block.language()) {
            case "yaml" -> write(block.text());
            case "sh" -> type(block.text());
            case "java" -> paste(block.text());
            case "json" -> compareBody(block.text());
            case "xml" -> depend(block.text());
            case "" -> compareHead(block.text());
            default -> throw new AssertionError("Nobody tests a block of " + block.language());
        }
    }

    private void write(String yaml) throws IOException {
        written.add(yaml);
        answer = Optional.empty();
        signalbox("check", "--strict", "--config", written.file().toString());
    }

    private void type(String lines) throws Exception {
        for (String command : lines.split("(?<!\\\\)\n")) {
            List<String> words = Curl.words(command);
            switch (words.getFirst()) {
                case "curl" -> answer = Optional.of(ask(command));
                case "./signalbox" ->
                    Signalbox.line(System.out, System.err)
                            .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
                case "export" -> reach(command);
                case "./mvnw" -> assertThat(Document.ROOT.resolve("mvnw")).isExecutable();
                default -> throw new AssertionError("Nobody tests " + command);
            }
        }
    }

    /** There has to be something at every address that a client is told. */
    private void reach(String settings) throws Exception {
        List<String> addresses =
                OURS.matcher(settings).results().map(MatchResult::group).toList();
        assertThat(addresses).isNotEmpty();
        for (String address : addresses) {
            String looked = address + (address.endsWith("/v1") ? "/models" : "/");
            assertThat(ask("curl " + looked).statusCode()).as(looked).isEqualTo(200);
        }
    }

    /** Statements may be an embedder's, or a client's, who needs a server. */
    private void paste(String statements) throws Exception {
        String found = neighbours.found(statements).replace("\"signalbox.yaml\"", "\"" + written.file() + "\"");
        String printed = OURS.matcher(found).find()
                ? serving(server -> JavaExample.run(found.replace(ADDRESS, server.toString()), folder))
                : JavaExample.run(found, folder);
        assertThat(printed).isNotBlank();
    }

    private void compareBody(String json) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        assertHolds(mapper.readTree(answer().body()), mapper.readTree(json));
    }

    /** Every line must be one of the answer's head; of the status line, the status. */
    private void compareHead(String lines) throws Exception {
        HttpResponse<String> last = answer();
        for (String line : lines.split("\n")) {
            if (line.startsWith("HTTP/1.1 ")) {
                assertThat("HTTP/1.1 " + last.statusCode()).isEqualTo(line);
            } else {
                String[] header = line.split(": ", 2);
                assertThat(last.headers().allValues(header[0])).as(line).containsExactly(header[1]);
            }
        }
    }

    private static void depend(String xml) throws IOException {
        String parent = Files.readString(Document.ROOT.resolve("pom.xml"));
        assertThat(ARTIFACT.matcher(xml).results()).isNotEmpty().allSatisfy(artifact -> {
            assertThat(parent).contains("<module>" + artifact.group(1) + "</module>");
            assertThat(artifact.group(2)).isEqualTo(System.getProperty("project.version"));
        });
    }

    /** What the last command got; if something was written since, what would be got now. */
    private HttpResponse<String> answer() throws Exception {
        return answer.isPresent() ? answer.get() : ask(ASK);
    }

    private HttpResponse<String> ask(String command) throws Exception {
        return serving(server -> {
            long start = System.nanoTime();
            HttpResponse<String> got = Curl.run(command, server);
            while (isTooEarly(command, got) && System.nanoTime() - start < PATIENCE_NANOS) {
                got = Curl.run(command, server);
            }
            return got;
        });
    }

    @FunctionalInterface
    private interface Visit<T> {
        T at(URI server) throws Exception;
    }

    private <T> T serving(Visit<T> visit) throws Exception {
        Problems problems = new Problems();
        Overrides here = new Overrides(Optional.of("127.0.0.1"), Optional.of(0));
        try (Router router = Router.from(written.file());
                Listener server = Listener.start(
                        router, new ListeningReader(problems).read(Configuration.read(written.file()), here))) {
            problems.throwIfAny();
            return visit.at(server.uri());
        }
    }

    /** An explanation waits for nobody, not even for the first look at a server a moment after the start. */
    private static boolean isTooEarly(String command, HttpResponse<String> got) {
        return command.contains("/signalbox/explain") && got.body().contains("could not be read");
    }

    private static void signalbox(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = Signalbox.line(out, out).execute(arguments);
        assertThat(code).as(() -> said.toString(StandardCharsets.UTF_8)).isZero();
    }

    /** Everything the page shows must be so; the page may leave out. */
    private static void assertHolds(JsonNode got, JsonNode shown) {
        if (shown.isContainerNode()) {
            for (Map.Entry<String, JsonNode> member : shown.properties()) {
                assertHolds(got.path(member.getKey()), member.getValue());
            }
            for (int i = 0; shown.isArray() && i < shown.size(); i++) {
                assertHolds(got.path(i), shown.get(i));
            }
        } else {
            assertThat(got).isEqualTo(shown);
        }
    }

    @Override
    public void close() {
        neighbours.close();
    }
}
