package dev.signalbox.server.ingress;

import java.util.List;

/** Where clients put their keys: {@code Authorization: Bearer} and {@code x-api-key}. */
final class Keys {

    /** The headers that may hold one. */
    static final List<String> HEADERS = List.of("Authorization", "x-api-key");

    private static final String BEARER = "bearer ";

    private Keys() {}

    static boolean isKey(String header) {
        return HEADERS.stream().anyMatch(header::equalsIgnoreCase);
    }

    /** The key in such a header; empty if there is none. */
    static String in(String header, String value) {
        if (!header.equalsIgnoreCase(HEADERS.getFirst())) {
            return value.strip();
        }
        return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? value.substring(BEARER.length()).strip()
                : "";
    }
}
