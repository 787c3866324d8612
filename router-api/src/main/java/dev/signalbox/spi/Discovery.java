package dev.signalbox.spi;

import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A place where a server of some type may listen, and how to know it.
 *
 * <p>The engine sends one {@code GET} without credentials to a loopback address, follows no redirect and reads at most
 * 256 KiB within a second.
 *
 * @param probe what to get, such as {@code http://localhost:11434/api/version}
 * @param recognises whether the answer is such a server's; pure
 * @param settings what to configure if it is: values of the factory's options, such as {@code base-url}
 */
public record Discovery(URI probe, Predicate<Answer> recognises, Map<String, String> settings) {

    public Discovery {
        settings = Map.copyOf(settings);
    }

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param contentType the header, or empty
     * @param body the body as text, at most 256 KiB of it
     */
    public record Answer(int status, String contentType, String body) {}
}
