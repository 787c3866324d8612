package dev.signalbox.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes now what a server makes by itself in the background. */
@Command(
        name = "warm-up",
        description = "Makes the cache that lets the next start be faster. A server does so by itself; this is for"
                + " whoever packs one.")
final class WarmUpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        StartCache cache = StartCache.ofProcess()
                .orElseThrow(() -> new Trouble(
                        "No cache is made: that takes a JDK of 25 or newer (this is %s) and bin/signalbox, which says where."
                                .formatted(Runtime.version().feature())));
        try {
            spec.commandLine()
                    .getErr()
                    .println(
                            cache.make()
                                    ? "Wrote %s.".formatted(cache.file())
                                    : "Another process is making %s.".formatted(cache.file()));
        } catch (IOException failure) {
            throw new Trouble(
                    "%s cannot be made: %s. --cache-dir names another folder.".formatted(cache.file(), failure));
        }
        return 0;
    }
}
