package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.signalbox.distribution.Dockerfile.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the Dockerfile says, done without anything that builds images: in a root of its own, in which everything but what
 * the image brings is this machine's and read-only. Only the kernel of Linux can make one, and only for root.
 */
final class Container {

    /** Mounts are seen by this process alone, and go with it; it becomes the one that is to run. */
    private static final String ENTER = """
            set -eu
            group=$1 root=$2 programs=$3 java=$4 user=$5
            shift 5
            [ -z "$group" ] || echo $$ > "$group/cgroup.procs"
            for each in /bin /sbin /lib /lib64 /usr /etc /dev /proc /sys "$java"; do
                if [ -L "$each" ]; then
                    [ -L "$root$each" ] || cp -P "$each" "$root$each"
                elif [ -d "$each" ]; then
                    mkdir -p "$root$each"
                    mount --rbind "$each" "$root$each"
                    case $each in
                        /dev | /proc | /sys) ;;
                        *) mount -o remount,bind,ro "$root$each" ;;
                    esac
                fi
            done
            mount --bind "$programs" "$root/usr/local/bin"
            exec /usr/sbin/chroot --userspec="$user" "$root" /usr/bin/env -i "$@"
            """;

    /** To make what the next start is faster with takes seconds of all processors. */
    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(4);

    private static final String JAVA = System.getProperty("java.home");

    private final Path folder;
    private final Path root;
    private final Path programs;
    private final List<String> environment = new ArrayList<>(List.of(
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/", "JAVA_HOME=" + JAVA));
    private String user = "0:0";

    private Container(Path folder) throws IOException {
        this.folder = folder;
        this.root = Files.createDirectory(folder.resolve("root"));
        this.programs = Files.createDirectory(folder.resolve("programs"));
        for (String each : List.of("opt", "tmp", "var/cache", "var/lib")) {
            Files.createDirectories(root.resolve(each));
        }
        assertThat(root.resolve("tmp").toFile().setWritable(true, false)).isTrue();
    }

    /** Built as the Dockerfile says, in an empty folder; skipped where that cannot be done. */
    static Container builtIn(Path folder) throws Exception {
        assumeThat(Path.of("/usr/bin/unshare")).exists();
        Script.Result allowed = new Script(Path.of("/usr/bin/unshare"), folder)
                .run("--mount", "/usr/sbin/chroot", "--userspec=10001:10001", "/", "true");
        assumeThat(allowed.status())
                .as("may have a root of its own: %s", allowed.err())
                .isZero();
        Container container = new Container(folder.toRealPath());
        for (Instruction each : Dockerfile.read().instructions()) {
            container.take(each);
        }
        return container;
    }

    private void take(Instruction instruction) throws Exception {
        switch (instruction.name()) {
            case "ADD" -> add(instruction.words());
            case "RUN" -> run(instruction.command());
            case "USER" -> user = instruction.rest();
            case "ENV" -> environment.addAll(instruction.words());
            case "FROM",
                    "EXPOSE",
                    "STOPSIGNAL",
                    "ENTRYPOINT",
                    "CMD" -> {} // for who starts it, and the tests of the text
            default -> throw new AssertionError("It is not known here what this does: " + instruction);
        }
    }

    /** Unpacks the archive that the build made. */
    private void add(List<String> words) throws Exception {
        Path pattern = Path.of("..").resolve(words.getFirst());
        List<Path> archives;
        try (Stream<Path> files = Files.list(pattern.getParent())) {
            var named = pattern.getFileSystem().getPathMatcher("glob:" + pattern.getFileName());
            archives = files.filter(file -> named.matches(file.getFileName())).toList();
        }
        assertThat(archives).as("what %s is", words.getFirst()).hasSize(1);
        Path into = root.resolve(words.getLast().substring(1));
        Script.Result unpacked = new Script(Path.of("/bin/tar"), folder)
                .run("-xzf", archives.getFirst().toRealPath().toString(), "-C", into.toString());
        assertThat(unpacked.status()).as(unpacked.err()).isZero();
    }

    private void run(List<String> command) throws Exception {
        List<String> all = entering(Optional.empty(), command);
        Script.Result result = new Script(Path.of(all.getFirst()), folder)
                .within(A_BUSY_MACHINE)
                .run(all.subList(1, all.size()).toArray(String[]::new));
        assertThat(result.status()).as("%s: %s", command, result.err()).isZero();
    }

    /** Starts it as its entry point and command say, with that configuration and at a free port. */
    RunningServer start(String configuration, MemoryLimit limit) throws IOException {
        Files.writeString(root.resolve("tmp/signalbox.yaml"), configuration);
        Dockerfile file = Dockerfile.read();
        List<String> command =
                new ArrayList<>(List.of("SIGNALBOX_CONFIG=/tmp/signalbox.yaml", "SIGNALBOX_SERVER_PORT=0"));
        command.addAll(file.only("ENTRYPOINT").command());
        command.addAll(file.only("CMD").command());
        return RunningServer.start(
                entering(Optional.of(limit.group()), command), Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"), folder);
    }

    private List<String> entering(Optional<Path> group, List<String> command) {
        List<String> all = new ArrayList<>(List.of("/usr/bin/unshare", "--mount", "/bin/sh", "-c", ENTER, "enter"));
        all.addAll(List.of(group.map(Path::toString).orElse(""), root.toString(), programs.toString(), JAVA, user));
        all.addAll(environment);
        all.addAll(command);
        return all;
    }
}
