package dev.signalbox.testkit;

import dev.signalbox.api.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The head of a reply, read by somebody who trusts the server. */
record PlainHead(String version, int status, Headers headers) {

    Optional<String> first(String name) {
        return headers.first(name);
    }

    Headers crossing() {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        headers.forEach(line -> {
            String name = line.getKey().toLowerCase(java.util.Locale.ROOT);
            if (name.equals("content-type") || name.startsWith("x-ratelimit-")) {
                lines.add(line);
            }
        });
        return Headers.of(lines);
    }
}
