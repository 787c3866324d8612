package dev.signalbox.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scripts for Node with the official client of OpenAI beside them. Where there is no Node, tests say so and are skipped. */
final class Node {

    /** The version that is tried. */
    static final String OPENAI = "7.55.0";

    /** The oldest Node that the client is known to work with. */
    private static final int OLDEST = 20;

    private static final Pattern MAJOR = Pattern.compile("v([0-9]{1,4})\\.");
    private static final Path FOLDER = Path.of("target", "node", "openai-" + OPENAI);
    private static final Duration INSTALLING = Duration.ofMinutes(2);
    private static final Duration RUNNING = Duration.ofMinutes(1);

    private Node() {}

    /** Has the client there; skips the test if it cannot be had on this machine. */
    static void assumeClient() throws IOException, InterruptedException {
        String node = version("node");
        assumeTrue(!node.isEmpty(), "skipped: there is no node on the path");
        assumeTrue(major(node) >= OLDEST, "skipped: node is %s; the client wants %d".formatted(node, OLDEST));
        assumeTrue(!version("npm").isEmpty(), "skipped: there is no npm on the path");
        if (!Files.isDirectory(FOLDER.resolve("node_modules/openai"))) {
            install();
        }
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}\n");
        Ran npm = run(
                INSTALLING,
                List.of(
                        "npm",
                        "install",
                        "--prefix",
                        FOLDER.toAbsolutePath().toString(),
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--no-save",
                        "openai@" + OPENAI));
        assumeTrue(npm.status == 0, "skipped: npm cannot install openai@%s here: %s".formatted(OPENAI, npm.said));
    }

    /** Runs a script of {@code src/test/node} and returns what it wrote. */
    static String run(String script, String... arguments) throws IOException, InterruptedException {
        Path copy = FOLDER.resolve(script); // beside the client, where Node looks for it
        Files.writeString(copy, Files.readString(Path.of("src", "test", "node", script)));
        List<String> command = new ArrayList<>(List.of("node", copy.toString()));
        command.addAll(List.of(arguments));
        Ran node = run(RUNNING, command);
        if (node.status != 0) {
            throw new AssertionError("node ended with status %d: %s".formatted(node.status, node.said));
        }
        return node.said;
    }

    /** What a command says of its version; empty if it cannot be run. */
    private static String version(String command) throws InterruptedException {
        try {
            Ran ran = run(RUNNING, List.of(command, "--version"));
            return ran.status == 0 ? ran.said.strip() : "";
        } catch (IOException notThere) {
            return "";
        }
    }

    private static int major(String version) {
        Matcher number = MAJOR.matcher(version);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    private static Ran run(Duration limit, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            return ended ? new Ran(process.exitValue(), said.join()) : new Ran(-1, "it did not end within " + limit);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cut) {
            return cut.toString();
        }
    }

    /** How a command ended and what it wrote. */
    private record Ran(int status, String said) {}
}
