package dev.signalbox.documents;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.server.Configured;
import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Served;
import dev.signalbox.server.WireClient;
import dev.signalbox.server.cli.Signalbox;
import dev.signalbox.server.listen.KeyPairFiles;
import dev.signalbox.testkit.ClosedPort;
import dev.signalbox.testkit.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Has everything go wrong that goes wrong on a bad day, and writes down what is said about it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessagesPageTest {

    private static final String HEAD = """
            # What Signalbox says on a bad day

            Each of these was made to happen and wrote its message itself. `PORT`, `FOLDER` and the like stand for what is
            different every time.
            """;

    @TempDir
    private Path folder;

    private final StringBuilder page = new StringBuilder(HEAD);

    @Test
    void every_message_says_what_to_do() throws Exception {
        starting();
        reading();
        certificates();
        asking();
        refusing();
        GeneratedPage.holds("docs/guide/messages.md", page.toString());
    }

    private void starting() throws Exception {
        chapter("Starting");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            says("The port is in use", command("serve", "--no-discovery", "--port", "" + taken.getLocalPort()));
        }
        says(
                "The machine has no such address",
                command("serve", "--no-discovery", "--host", "192.0.2.1", "--port", "8484"));
        says("There is no Java, or none that is new enough", findJava());
        try (ClosedPort nobody = ClosedPort.reserve()) {
            says(
                    "A command asks a server that does not run",
                    command("targets", "--url", nobody.uri().toString()));
        }
        says("`--url` is not an address", command("targets", "--url", "localhost:8484"));
        try (ScriptedServer other = ScriptedServer.start()) {
            other.replies(404, "<h1>Not here</h1>");
            says(
                    "`--url` leads to something else",
                    command("targets", "--url", other.uri().toString()));
        }
    }

    private void reading() throws Exception {
        chapter("Reading the configuration");
        says("The file is not there", check(folder.resolve("nowhere.yaml")));
        says("The file is a folder", check(folder));
        says("The file may not be read", check(locked("private.yaml")));
        says("The file is not text", check(Files.write(folder.resolve("picture.yaml"), new byte[] {
            (byte) 0x89, 80, 78, 71, 0
        })));
        says("Several things are wrong", check("""
                server: { prot: 8484 }
                backends:
                  laptop: { type: olama }
                  gpu: { type: openai, base-url: "localhost:8000" }
                  cloud: { type: openai, base-url: "ftp://example.com" }
                profiles: { coding: { chain: [ gpo/qwen3 ] } }
                aliases: { gpt-4o: codign }
                default: coding
                """));
        says("A variable is not set", check("""
                backends:
                  gpu: { type: openai, base-url: "http://localhost:8000", api-key: "${NO_SUCH_KEY}" }
                """));
        says("Two keys are one", check("backends: { echo: { type: echo } }\nbackends: {}\n"));
        says("Profiles lead in a circle", check("""
                backends: { gpu: { type: openai, base-url: "http://localhost:8000" } }
                profiles:
                  short: { chain: gpu/qwen3, on: { context-overflow: long } }
                  long:  { chain: gpu/qwen3-long, on: { unreachable: short } }
                default: short
                """));
        says("There is nobody to answer", check(""));
        says("It can be used, and does not do what it says", check("""
                callers: { alice: { key: some-key } }
                backends:
                  gpu: { type: openai, base-url: "http://localhost:8000", models: { qwen3: { capabilities: { vision: no } } } }
                gates:
                  gpu:   { of: gpu, places: 1 }
                  qwen3: { of: gpu/qwen3, places: 4 }
                profiles:
                  hasty: { chain: [ gpu/qwen3, gpu/qwen3 ], limits: { first-content: 20s, idle: 2h } }
                  spare: { chain: gpu/qwen3 }
                aliases: { "claude-*": hasty, "claude-*haiku*": gpu/qwen3 }
                classifiers: { triage: { ask: gpu/qwen3, classes: { small: "a word", hard: "a page" } } }
                rules:
                  - { when: { token-count: ">= 8000" }, use: hasty }
                  - { when: { token-count: ">= 32000" }, use: gpu/qwen3 }
                  - { when: { has-image: yes, caller: alcie }, use: hasty }
                default: hasty
                """));
        says("A bracket is missing", check("backends: { echo: { type: echo }\n"));
    }

    private void certificates() throws Exception {
        chapter("Speaking TLS");
        KeyPairFiles one = KeyPairFiles.make(folder, "EC", 0);
        KeyPairFiles other = KeyPairFiles.make(folder, "RSA", 0);
        says("The certificate is not there", check("server: { tls: { certificate: cert.pem, key: key.pem } }\n"));
        says(
                "The key may not be read",
                check("server: { tls: { certificate: %s, key: %s } }\n"
                        .formatted(one.certificate(), locked("private.pem"))));
        says(
                "The key is another certificate's",
                check("server: { tls: { certificate: %s, key: %s } }\n".formatted(one.certificate(), other.key())));
        Path old = Files.writeString(
                folder.resolve("old.pem"), Files.readString(one.key()).replace("PRIVATE", "EC PRIVATE"));
        says(
                "The key is of an older kind",
                check("server: { tls: { certificate: %s, key: %s } }\n".formatted(one.certificate(), old)));
    }

    private void asking() throws Exception {
        chapter("Asking model servers");
        try (ClosedPort nobody = ClosedPort.reserve()) {
            says("Nobody listens there", asked(nobody.uri()));
        }
        try (Served plain = Served.of(FakeRouting.answering("{}"))) {
            says("It speaks HTTP, and `base-url` says https", asked(URI.create("https://127.0.0.1:" + plain.port())));
            says("`base-url` has a path that is not there", asked(plain.uri("/v2")));
        }
        Path authority = Files.createDirectory(folder.resolve("authority"));
        KeyPairFiles expired = KeyPairFiles.expired(authority);
        try (Served secure = Served.of(FakeRouting.answering("{}"), expired.listening())) {
            says("It speaks HTTPS, and `base-url` says http", asked(URI.create("http://127.0.0.1:" + secure.port())));
            says("Its certificate is not one to trust", asked(secure.uri("/v1")));
            says(
                    "Its certificate has expired",
                    asked(secure.uri("/v1"), "trust-store: " + authority.resolve("ca.pem")));
        }
    }

    private void refusing() throws Exception {
        chapter("Answering clients");
        try (Configured all = Configured.by("""
                server: { max-body: 1KiB }
                callers: { alice: { key: some-key } }
                backends: { echo: { type: echo } }
                """)) {
            says("No key", message(all.chat("echo/demo", "hello")));
            says("A wrong key", message(all.chat("echo/demo", "hello", "x-api-key", "other-key")));
            says("A body that is too large", message(all.chat("echo/demo", "x".repeat(2000), "x-api-key", "some-key")));
            says("An unknown model", message(all.chat("echo/dmeo", "hello", "x-api-key", "some-key")));
            says("An unknown path", message(all.server().post("/v1/chat/completion", "{}")));
            says("A wrong method", message(all.server().get("/v1/chat/completions")));
            says("A name that is not this server's", foreignName(all.server()));
            says(
                    "A page that may not ask",
                    message(all.server().method("OPTIONS", "/v1/models", "Origin", "https://evil.example")));
        }
    }

    private String asked(URI address) throws Exception {
        return asked(address, "");
    }

    private String asked(URI address, String more) throws Exception {
        try (Configured all = Configured.by("""
                backends: { gpu: { type: openai, base-url: "%s", models: [ qwen3 ], %s } }
                """.formatted(address, more))) {
            return message(all.chat("gpu/qwen3", "hello"));
        }
    }

    private static String foreignName(Served server) throws IOException {
        try (WireClient client = server.connect()) {
            String answer = client.send("GET /v1/models HTTP/1.1\r\nHost: studio.local:8484\r\n\r\n")
                    .answer();
            return message(answer.substring(answer.indexOf("\r\n\r\n")));
        }
    }

    private String check(String yaml) throws IOException {
        return check(Files.writeString(folder.resolve("signalbox.yaml"), yaml));
    }

    private String check(Path file) {
        return command("check", "--config", file.toString());
    }

    /** A file that this process may not read; what root may not read either is a file of the kernel's that is for writing. */
    private Path locked(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        if (file.toFile().setReadable(false) && !Files.isReadable(file)) {
            return file;
        }
        Files.delete(file);
        return Files.createSymbolicLink(file, Path.of("/proc/sys/vm/drop_caches"));
    }

    private static String command(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = Signalbox.line(stream, stream).execute(arguments);
        return said.toString(StandardCharsets.UTF_8) + "(exit code %d)".formatted(status);
    }

    private static String findJava() throws Exception {
        Path script = Path.of("src/dist/bin/find-java").toAbsolutePath();
        Process process = new ProcessBuilder("/bin/sh", script.toString(), "999")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said + "(exit code %d)".formatted(process.waitFor());
    }

    private static String message(HttpResponse<String> response) throws IOException {
        return "%d %s".formatted(response.statusCode(), message(response.body()));
    }

    private static String message(String body) throws IOException {
        return new ObjectMapper().readTree(body).at("/error/message").textValue();
    }

    private void chapter(String title) {
        page.append("\n## ").append(title).append('\n');
    }

    private void says(String when, String message) {
        page.append("\n### ")
                .append(when)
                .append("\n\n```\n")
                .append(timeless(message))
                .append("\n```\n");
    }

    /** Without what is different every time. */
    private String timeless(String message) {
        String here = message.replace(folder.toString(), "FOLDER")
                .replaceAll("by the user (\"?)[^\". ]+", "by the user $1USER")
                .replaceAll("Can('|no)t assign requested address", "Cannot assign requested address") // by system
                .replaceAll(
                        "\\p{Alpha}{3} \\p{Alpha}{3} \\d\\d [0-9:]{8} \\p{Alpha}+ \\d{4}|\\d{4}-\\d\\d-\\d\\d(T[0-9:.]+Z)?",
                        "DATE");
        return Pattern.compile("(127\\.0\\.0\\.1:|localhost:|[Pp]ort )\\d{4,5}")
                .matcher(here)
                .replaceAll(port -> port.group().contains("8484") ? port.group() : port.group(1) + "PORT")
                .strip();
    }
}
