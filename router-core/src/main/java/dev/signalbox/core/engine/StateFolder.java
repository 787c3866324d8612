package dev.signalbox.core.engine;

import java.nio.file.Path;
import java.util.Map;

/** Where that is kept which has to outlive the process, if nobody says where. */
final class StateFolder {

    private StateFolder() {}

    /** That of whoever runs this process. */
    static Path usual() {
        return of(System.getenv(), System.getProperty("user.home", "."));
    }

    static Path of(Map<String, String> environment, String home) {
        String named = environment.getOrDefault("XDG_STATE_HOME", "");
        Path states = named.isEmpty() ? Path.of(home, ".local", "state") : Path.of(named);
        return states.resolve("signalbox");
    }
}
