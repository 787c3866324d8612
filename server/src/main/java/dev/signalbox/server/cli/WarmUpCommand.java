package dev.signalbox.server.cli;

import dev.signalbox.server.command.Argument;
import dev.signalbox.server.command.Command;
import dev.signalbox.server.command.Console;
import dev.signalbox.server.command.Given;
import java.io.IOException;
import java.util.List;

/** Makes now what a server makes by itself in the background. */
final class WarmUpCommand implements Command {

    @Override
    public String name() {
        return "warm-up";
    }

    @Override
    public String doc() {
        return "Makes the cache that lets the next start be faster. A server does so by itself; this is for whoever"
                + " packs one.";
    }

    @Override
    public List<Argument<?>> arguments() {
        return List.of();
    }

    @Override
    public int run(Given given, Console console) throws InterruptedException {
        StartCache cache = StartCache.ofProcess()
                .orElseThrow(() -> new Trouble(
                        "No cache is made: that takes a JDK of 25 or newer (this is %s) and bin/signalbox, which says where."
                                .formatted(Runtime.version().feature())));
        try {
            console.err()
                    .println(
                            cache.make()
                                    ? "Wrote %s.".formatted(cache.file())
                                    : "Another process is making %s.".formatted(cache.file()));
        } catch (IOException failure) {
            throw new Trouble("%s cannot be made: %s. SIGNALBOX_CACHE_DIR names another folder."
                    .formatted(cache.file(), failure));
        }
        return 0;
    }
}
