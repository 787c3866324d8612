package dev.signalbox.server.cli;

import java.net.URI;

/**
 * What a server says when it begins: where it is, and a line that asks it something.
 *
 * @param model what that line asks for
 * @param keys whether it takes a caller's key to be answered
 */
record Greeting(String model, boolean keys) {

    /** Anybody may ask, and need not say for what. */
    static final Greeting OPEN = new Greeting("auto", false);

    /** The line, for a shell. */
    String curl(URI server) {
        StringBuilder line = new StringBuilder(
                "  curl %s/v1/chat/completions -H 'Content-Type: application/json' \\%n".formatted(server));
        if (keys) {
            line.append("    -H 'Authorization: Bearer KEY_OF_A_CALLER' \\%n".formatted());
        }
        return line.append(
                        "    -d '{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}]}'"
                                .formatted(model.replace("'", "'\\''")))
                .toString();
    }
}
