package dev.signalbox.examples.clients;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request as a client sends it, read from a file: the method and the path, the headers, an empty line, the body.
 *
 * @param method such as {@code POST}
 * @param path with its query
 * @param headers each with its value, in the client's order
 * @param body empty if there is none
 */
record Recording(String method, String path, List<String> headers, String body) {

    Recording {
        headers = List.copyOf(headers);
    }

    /** Reads one, such as {@code codex/turn}. */
    static Recording of(String name) throws IOException {
        try (InputStream file = Recording.class.getResourceAsStream("/clients/" + name + ".http")) {
            if (file == null) {
                throw new IOException("There is no recording " + name);
            }
            String[] parts = new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n\n", 2);
            List<String> head = parts[0].lines().toList();
            String[] asked = head.getFirst().split(" ", 2);
            return new Recording(
                    asked[0], asked[1].strip(), head.subList(1, head.size()), parts.length > 1 ? parts[1] : "");
        }
    }

    /** The same with a word of its body replaced, such as one that stands for what the server said before. */
    Recording with(String word, String value) {
        if (!body.contains(word)) {
            throw new AssertionError("The recording does not say " + word);
        }
        return new Recording(method, path, headers, body.replace(word, value));
    }

    /** As it is sent to that server. */
    HttpRequest to(URI server) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (String header : headers) {
            String[] line = header.split(": ", 2);
            request.header(line[0], line[1]);
        }
        return request.build();
    }
}
