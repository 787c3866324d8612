package dev.signalbox.distribution;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A control group of Linux that lets its processes have so much memory and kills them if they want more.
 *
 * @param group its folder
 */
record MemoryLimit(Path group) implements AutoCloseable {

    private static final Path FIRST_KIND = Path.of("/sys/fs/cgroup/memory");
    private static final Path SECOND_KIND = Path.of("/sys/fs/cgroup");

    /** One of so many bytes; skipped where none can be made. */
    static MemoryLimit of(long bytes) throws IOException {
        boolean first = Files.isWritable(FIRST_KIND);
        Path group = (first ? FIRST_KIND : SECOND_KIND)
                .resolve("signalbox-test-" + ProcessHandle.current().pid());
        assumeThat(group.getParent()).as("where control groups are").isWritable();
        Files.createDirectory(group);
        Path limit = group.resolve(first ? "memory.limit_in_bytes" : "memory.max");
        if (!Files.isWritable(limit)) {
            Files.delete(group);
        }
        assumeThat(limit).as("the limit of a control group").isWritable();
        Files.writeString(limit, Long.toString(bytes));
        return new MemoryLimit(group);
    }

    /** The processes in it. */
    List<String> processes() throws IOException {
        return Files.readAllLines(group.resolve("cgroup.procs"));
    }

    /** Takes it away; nobody may be in it any more. */
    @Override
    public void close() throws IOException {
        Files.delete(group);
    }
}
