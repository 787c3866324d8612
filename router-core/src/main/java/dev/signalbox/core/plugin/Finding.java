package dev.signalbox.core.plugin;

import dev.signalbox.spi.PluginFactory;
import java.util.Optional;

/** What came of looking at one plugin. Closed. */
public sealed interface Finding {

    /**
     * It can be used.
     *
     * @param jar the file name of the jar it is in; empty if that is not known
     */
    record Usable(Role role, String type, PluginFactory<?> factory, String jar) implements Finding {}

    /**
     * It cannot be used.
     *
     * @param type its type; empty if it did not come as far as telling
     * @param provider the class that was to provide it; empty if not even that is known
     * @param jar the file name of the jar it is in; empty if that is not known
     * @param cause what is wrong with it, in words
     */
    record Broken(Role role, Optional<String> type, String provider, String jar, String cause) implements Finding {

        /** {@code the plugin dev.example.GpuFactory in gpu.jar cannot be used: needs the class a.B, which is not there}. */
        @Override
        public String toString() {
            return "the plugin%s%s cannot be used: %s"
                    .formatted(provider.isEmpty() ? "" : " " + provider, jar.isEmpty() ? "" : " in " + jar, cause);
        }
    }

    /**
     * It cannot even be looked at, so nobody knows what it would bring.
     *
     * @param sentence says which file, and why
     */
    record Unreadable(String sentence) implements Finding {}
}
