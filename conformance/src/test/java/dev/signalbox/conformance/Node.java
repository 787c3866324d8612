package dev.signalbox.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scripts for Node with the client libraries of npm beside them. Where there is no Node, tests say so and are skipped. */
final class Node {

    /** The versions that are tried. */
    private static final List<String> PACKAGES = List.of("openai@7.57.0", "@anthropic-ai/sdk@1.12.0", "ollama@0.6.4");

    /** The oldest Node that the libraries are known to work with. */
    private static final int OLDEST = 20;

    private static final Pattern MAJOR = Pattern.compile("v([0-9]{1,4})\\.");
    private static final Path SCRIPTS = Path.of("src", "test", "node");
    private static final Path FOLDER = Path.of("target", "node");
    private static final Path INSTALLED = FOLDER.resolve("installed.txt");
    private static final Duration INSTALLING = Duration.ofMinutes(2);
    private static final Duration SAYING = Duration.ofMinutes(1);

    private Node() {}

    /** Starts a script, with the libraries there; skips the test if they cannot be had on this machine. */
    static Process start(String script, List<String> arguments) throws IOException, InterruptedException {
        assumeLibraries();
        for (String file : List.of("serve.mjs", script)) { // beside the libraries, where Node looks for them
            Files.copy(SCRIPTS.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command =
                new ArrayList<>(List.of("node", FOLDER.resolve(script).toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void assumeLibraries() throws IOException, InterruptedException {
        String node = version("node");
        assumeTrue(!node.isEmpty(), "skipped: there is no node on the path");
        assumeTrue(major(node) >= OLDEST, "skipped: node is %s; the libraries want %d".formatted(node, OLDEST));
        assumeTrue(!version("npm").isEmpty(), "skipped: there is no npm on the path");
        if (!Files.exists(INSTALLED) || !Files.readAllLines(INSTALLED).equals(PACKAGES)) {
            install();
        }
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}\n");
        List<String> command = new ArrayList<>(List.of(
                "npm",
                "install",
                "--prefix",
                FOLDER.toAbsolutePath().toString(),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-save"));
        command.addAll(PACKAGES);
        Ran npm = run(INSTALLING, command);
        assumeTrue(npm.status == 0, "skipped: npm cannot install %s here: %s".formatted(PACKAGES, npm.said));
        Files.write(INSTALLED, PACKAGES);
    }

    /** What a command says of its version; empty if it cannot be run. */
    private static String version(String command) throws InterruptedException {
        try {
            Ran ran = run(SAYING, List.of(command, "--version"));
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
