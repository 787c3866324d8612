package dev.signalbox.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What somebody has who is not us: a shell, Maven, a JDK, and what the build of Signalbox gave them. */
final class Stranger {

    static final String VERSION = System.getProperty("project.version");

    private static final Pattern ADDRESS = Pattern.compile("listens on (http://\\S+)");
    private static final Pattern TESTS = Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0");
    private static final long PATIENCE_SECONDS = 300;

    /** What is downloaded for the build of Signalbox need not be downloaded again. */
    private static final String SETTINGS = """
            <settings>
              <profiles>
                <profile>
                  <id>nearby</id>
                  <repositories>
                    <repository><id>nearby</id><url>%1$s</url><snapshots><enabled>false</enabled></snapshots></repository>
                  </repositories>
                  <pluginRepositories>
                    <pluginRepository><id>nearby</id><url>%1$s</url></pluginRepository>
                  </pluginRepositories>
                </profile>
              </profiles>
              <activeProfiles><activeProfile>nearby</activeProfile></activeProfiles>
            </settings>
            """;

    private Stranger() {}

    /** Makes a folder that has nothing in it. */
    static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }

    /** The files of a folder whose names end so. */
    static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /** The packed distribution. */
    static Path archive() {
        return Document.ROOT.resolve("server/target/signalbox-" + VERSION + ".tar.gz");
    }

    /** Puts modules into a local repository, where {@code install} puts them. */
    static void install(Path repository, String... modules) throws IOException {
        copy(Document.ROOT.resolve("pom.xml"), place(repository, "signalbox-parent", ".pom"));
        for (String module : modules) {
            Path folder = Document.ROOT.resolve(module);
            copy(folder.resolve("pom.xml"), place(repository, module, ".pom"));
            copy(folder.resolve("target/%s-%s.jar".formatted(module, VERSION)), place(repository, module, ".jar"));
        }
    }

    private static Path place(Path repository, String name, String ending) {
        return repository
                .resolve("dev/signalbox")
                .resolve(name)
                .resolve(VERSION)
                .resolve(name + "-" + VERSION + ending);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    /** Runs Maven with that local repository. */
    static void maven(Path project, Path repository, String goal) throws Exception {
        Path settings = project.resolve("settings.xml");
        Files.writeString(
                settings,
                SETTINGS.formatted(
                        Path.of(System.getProperty("local.repository")).toUri()));
        run(
                project,
                Map.of("JAVA_HOME", System.getProperty("java.home"), "MAVEN_OPTS", "-XX:TieredStopAtLevel=1"),
                "mvn",
                "--batch-mode",
                "--no-transfer-progress",
                "--global-settings",
                settings.toString(),
                "-Dmaven.repo.local=" + repository,
                goal);
    }

    /** How many tests Maven ran for a project, none of which failed. */
    static int testsRun(Path project) throws IOException {
        int sum = 0;
        for (Path report : files(project.resolve("target/surefire-reports"), ".txt")) {
            Matcher tests = TESTS.matcher(Files.readString(report));
            sum += tests.find() ? Integer.parseInt(tests.group(1)) : 0;
        }
        return sum;
    }

    /** Runs a command that has to succeed. */
    static void run(Path folder, Map<String, String> environment, String... command) throws Exception {
        Path said = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends in time", command[0])
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A server that runs. */
    record Serving(Process process, URI uri) implements AutoCloseable {

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /** Starts the server of a distribution, which tells where it listens. */
    static Serving serve(Path folder, Path program) throws IOException {
        Process process = new ProcessBuilder(program.toString(), "serve", "--port", "0")
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = process.errorReader();
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                Thread.ofVirtual().start(() -> said.lines().forEach(ignored -> {}));
                return new Serving(process, URI.create(address.group(1)));
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("the server ended: " + all);
    }
}
