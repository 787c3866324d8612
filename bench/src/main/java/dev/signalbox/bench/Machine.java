package dev.signalbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the numbers were measured on, without anything that names the machine. */
final class Machine {
    private static final double GIBIBYTE = 1L << 30;

    private Machine() {}

    static String description() throws IOException {
        return "%d cores (%s), %.0f GiB memory, Linux %s, JDK %s, nginx %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model(Files.readString(Path.of("/proc/cpuinfo"))),
                        ProcFiles.bytes(Files.readString(Path.of("/proc/meminfo")), "MemTotal") / GIBIBYTE,
                        System.getProperty("os.version").replaceAll("[^0-9.].*", ""),
                        Runtime.version(),
                        Nginx.version());
    }

    /** Tells the load average of the last minute. */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    private static String model(String cpuinfo) {
        return cpuinfo.lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
