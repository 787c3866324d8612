package dev.signalbox.server.cli;

import dev.signalbox.api.JsonText;
import java.net.URI;

/** What a server says when it begins of how to ask it something: a line for a shell, if there is one that is answered. */
sealed interface Greeting {

    /** Anybody may ask, and need not say for what. */
    Greeting OPEN = new Ask("auto", false);

    /** The words, of one or several lines. */
    String text(URI server);

    /**
     * A question to a model.
     *
     * @param model what is asked for
     * @param keys whether it takes a caller's key to be answered
     */
    record Ask(String model, boolean keys) implements Greeting {

        @Override
        public String text(URI server) {
            return "  %s %s/v1/chat/completions -H 'Content-Type: application/json' \\%n%s    -d '%s'"
                    .formatted(
                            curl(server),
                            server,
                            keys ? "    %s \\%n".formatted(key()) : "",
                            body().replace("'", "'\\''"));
        }

        private String body() {
            return "{\"model\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}]}"
                    .formatted(JsonText.quote(model));
        }
    }

    /**
     * A question for the models, as nobody knows yet which there are and no default is configured.
     *
     * @param keys whether it takes a caller's key to be answered
     */
    record Names(boolean keys) implements Greeting {

        @Override
        public String text(URI server) {
            return "No default is configured and no model is known yet. This tells which may be asked for:%n%n  %s %s/v1/models%s"
                    .formatted(curl(server), server, keys ? " " + key() : "");
        }
    }

    /** Nobody is there to answer. */
    record Nobody() implements Greeting {

        @Override
        public String text(URI server) {
            return "No backend is configured, so nothing can be answered."
                    + " Add one under backends: \"signalbox init\" shows what that looks like.";
        }
    }

    /** On this machine the server has another name than the one that its certificate is for. */
    private static String curl(URI server) {
        return "https".equals(server.getScheme()) ? "curl --insecure" : "curl";
    }

    private static String key() {
        return "-H 'Authorization: Bearer KEY_OF_A_CALLER'";
    }
}
