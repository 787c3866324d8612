package dev.signalbox.backend.echo;

import static dev.signalbox.api.JsonText.quote;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.RequestView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Vectors without a meaning: the same input has the same one, another input most likely another one. */
final class Embeddings {

    /** What asks for vectors. */
    static final Set<Dialect> DIALECTS = Set.of(Dialect.OPENAI_EMBEDDINGS, Dialect.OLLAMA_EMBED);

    private static final int DIMENSIONS = 8;
    private static final int MOST_INPUTS = 2_048;

    private Embeddings() {}

    /** The answer, in the one or the other dialect that asks for vectors. */
    static String of(BackendCall call) throws BackendException {
        if (call.request().size() > Said.LONGEST_REQUEST) {
            throw new BackendException(
                    FailureKind.REJECTED,
                    "%d bytes to embed; echo takes %d at most"
                            .formatted(call.request().size(), Said.LONGEST_REQUEST));
        }
        List<String> inputs = inputs(call.request());
        long tokens = Math.max(1, call.request().approximateTokens());
        if (call.dialect().equals(Dialect.OLLAMA_EMBED)) {
            return "{\"model\":%s,\"embeddings\":[%s],\"total_duration\":0,\"load_duration\":0,\"prompt_eval_count\":%d}"
                    .formatted(
                            quote(call.model()),
                            inputs.stream().map(Embeddings::list).collect(Collectors.joining(",")),
                            tokens);
        }
        boolean base64 = call.request().raw("/encoding_format").orElse("").equals("\"base64\"");
        String data = IntStream.range(0, inputs.size())
                .mapToObj(i -> "{\"object\":\"embedding\",\"index\":%d,\"embedding\":%s}"
                        .formatted(i, base64 ? packed(inputs.get(i)) : list(inputs.get(i))))
                .collect(Collectors.joining(","));
        return "{\"object\":\"list\",\"model\":%s,\"data\":[%s],\"usage\":{\"prompt_tokens\":%d,\"total_tokens\":%d}}"
                .formatted(quote(call.model()), data, tokens, tokens);
    }

    /** The inputs as they were written: one text, a list of them, one list of tokens or several. */
    private static List<String> inputs(RequestView request) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < MOST_INPUTS; i++) {
            String item = request.raw("/input/" + i).orElse("");
            if (!item.startsWith("\"") && !item.startsWith("[")) {
                break;
            }
            items.add(item);
        }
        return items.isEmpty() ? List.of(request.raw("/input").orElse("")) : items;
    }

    private static float[] vector(String input) {
        Random random = new Random(input.hashCode());
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = random.nextFloat(-1, 1);
        }
        return vector;
    }

    private static String list(String input) {
        float[] vector = vector(input);
        return IntStream.range(0, DIMENSIONS)
                .mapToObj(i -> Float.toString(vector[i]))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** As OpenAI packs them: 32-bit floats, little end first, in Base64. */
    private static String packed(String input) {
        ByteBuffer bytes = ByteBuffer.allocate(DIMENSIONS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float component : vector(input)) {
            bytes.putFloat(component);
        }
        return quote(Base64.getEncoder().encodeToString(bytes.array()));
    }
}
