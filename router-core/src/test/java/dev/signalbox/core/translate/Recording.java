package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.OLLAMA_GENERATE;
import static dev.signalbox.core.translate.Finish.Reason.TOOLS;

import dev.signalbox.api.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** An answer as a model server sent it, and what is in it. */
record Recording(String file, Dialect dialect, Heard heard) {

    static final String HELLO = "Hello ! I am a real peer to talk with ; every word you read was sampled from one"
            + " small table of numbers . Goodbye";
    static final String LOOK = "Let me look at the weather for you .";
    static final String GREET = " I should greet the user first !";
    static final String THOUGHT = " Hello from a model that thinks before it talks .";
    static final String MLX = "Hello from the MLX wire layer.";

    private static final String WEATHER = "get_weather{\"city\":\"Paris\"}";

    static Recording of(
            String file, Dialect dialect, String text, String thought, long input, long output, Finish.Reason end) {
        List<String> calls = end == TOOLS ? List.of(WEATHER) : List.of();
        return new Recording(file, dialect, new Heard(text, thought, calls, input, output, end));
    }

    /** Each of them to a client of each dialect: the file, the recording, the client. */
    static Stream<Arguments> told(List<Recording> all) {
        return all.stream()
                .flatMap(recording -> Languages.asking().stream()
                        .map(Asking::dialect)
                        .map(client -> Arguments.of(recording.file, recording, client)));
    }

    /** What a client of that dialect hears: nobody can ask for calls with one prompt. */
    Heard heardBy(Dialect client) {
        return client.equals(OLLAMA_GENERATE) ? heard.withoutCalls() : heard;
    }

    /** What a client of that dialect asked, in words that all of them understand, and that. */
    static String asked(Dialect client, String more) {
        return client.equals(OLLAMA_GENERATE)
                ? "{'prompt':'Hi'}"
                : "{'messages':[{'role':'user','content':'Hi'}],'input':'Hi','max_tokens':1," + more + "}";
    }

    static byte[] bytes(String file) throws IOException {
        String path = "recorded/" + file;
        try (InputStream in = Objects.requireNonNull(Recording.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        }
    }
}
