package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Vectors of length 1 in four dimensions: the same text always gives the same one. */
final class Vectors {

    private static final int DIMENSIONS = 4;

    private Vectors() {}

    static float[] of(String text) {
        float[] vector = new float[DIMENSIONS];
        double square = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (text.hashCode() >> (i * 8)) % 100 + 101;
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }

    static Verbatim numbers(String text) {
        List<Object> numbers = new ArrayList<>();
        for (float one : of(text)) {
            numbers.add(one);
        }
        return Json.array(numbers.toArray());
    }

    static String base64(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(DIMENSIONS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float one : of(text)) {
            bytes.putFloat(one);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** The texts of an {@code input} that is one text or a list of them. */
    static List<String> inputs(Json body) {
        List<Json> items = body.items("/input");
        return items.isEmpty()
                ? List.of(body.text("/input"))
                : items.stream().map(item -> item.text("")).toList();
    }

    /** A reply in the dialect {@code openai.embeddings}. */
    static String openai(Json body) {
        boolean packed = body.text("/encoding_format").equals("base64");
        List<Verbatim> data = new ArrayList<>();
        for (String input : inputs(body)) {
            data.add(Json.object(
                    "object", "embedding", "index", data.size(), "embedding", packed ? base64(input) : numbers(input)));
        }
        return Json.object(
                        "object",
                        "list",
                        "data",
                        data,
                        "model",
                        body.text("/model"),
                        "usage",
                        Json.object("prompt_tokens", 8, "total_tokens", 8))
                .json();
    }
}
