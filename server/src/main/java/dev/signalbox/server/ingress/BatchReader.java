package dev.signalbox.server.ingress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.api.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the tasks of a batch. */
final class BatchReader {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE) // the body's own limit bounds it
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES) // numbers stay as they were written
            .build();

    /** As a tree they take many times what they take as text. More than the tasks of any batch have. */
    private static final long MOST_TOKENS = 1_000_000;

    private interface Step<T> {
        T read(InputStream in) throws IOException;
    }

    private BatchReader() {}

    /** The tasks, at least one and at most so many. */
    static List<JsonNode> read(Body body, int most) {
        if (tokens(body, MOST_TOKENS) > MOST_TOKENS) {
            throw Refused.permanent(
                    413,
                    "batch_too_large",
                    "The batch has more than %,d names, values and brackets; ask in smaller batches."
                            .formatted(MOST_TOKENS));
        }
        JsonNode batch = tree(body);
        if (!batch.isArray()) {
            throw Refused.permanent(400, "invalid_batch", "The body is no array. A batch is an array of tasks.");
        }
        if (batch.isEmpty() || batch.size() > most) {
            throw Refused.permanent(
                    batch.isEmpty() ? 400 : 413,
                    batch.isEmpty() ? "invalid_batch" : "batch_too_large",
                    "The batch has %d tasks; it may have 1 to %d (server.tasks.batch-items)."
                            .formatted(batch.size(), most));
        }
        List<JsonNode> tasks = new ArrayList<>(batch.size());
        batch.forEach(tasks::add);
        return tasks;
    }

    /** How many tokens the body has; stops beyond that many. */
    private static long tokens(Body body, long most) {
        return read(body, in -> {
            try (JsonParser parser = MAPPER.createParser(in)) {
                long tokens = 0;
                while (tokens <= most && parser.nextToken() != null) {
                    tokens++;
                }
                return tokens;
            }
        });
    }

    private static JsonNode tree(Body body) {
        return read(body, MAPPER::readTree);
    }

    private static <T> T read(Body body, Step<T> step) {
        try (InputStream in = body.open()) {
            return step.read(in);
        } catch (JsonProcessingException bad) {
            throw Refused.permanent(400, "invalid_json", "The body is not JSON: " + bad.getOriginalMessage());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
