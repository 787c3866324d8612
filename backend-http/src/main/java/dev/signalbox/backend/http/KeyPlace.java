package dev.signalbox.backend.http;

import java.util.Map;

/** Where a server looks for the key that opens it. */
public enum KeyPlace {
    /** In {@code Authorization}, as a bearer token. */
    BEARER("Authorization", "Bearer "),
    /** In {@code x-api-key}. */
    X_API_KEY("x-api-key", "");

    private final String header;
    private final String scheme;

    KeyPlace(String header, String scheme) {
        this.header = header;
        this.scheme = scheme;
    }

    String header() {
        return header;
    }

    Map.Entry<String, String> line(String key) {
        return Map.entry(header, scheme + key);
    }
}
