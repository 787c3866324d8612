package dev.signalbox.server.ingress;

import dev.signalbox.api.Body;
import dev.signalbox.server.ingress.ArrayParts.Found;
import dev.signalbox.server.ingress.ArrayParts.Malformed;
import dev.signalbox.server.ingress.ArrayParts.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Finds the tasks of a batch. */
final class BatchReader {

    private BatchReader() {}

    /** Where the tasks stand, at least one and at most so many; what each is, is told by whoever does it. */
    static List<Part> read(Body body, int most) {
        Found found = found(body, most);
        if (found.count() == 0 || found.count() > most) {
            boolean none = found.count() == 0;
            throw Refused.permanent(
                    none ? 400 : 413,
                    none ? "invalid_batch" : "batch_too_large",
                    "The batch has %d tasks; it may have 1 to %d (server.tasks.batch-items)."
                            .formatted(found.count(), most));
        }
        return found.parts();
    }

    private static Found found(Body body, int most) {
        try (InputStream in = body.open()) {
            return ArrayParts.of(in, most);
        } catch (Malformed bad) {
            throw bad.mayBeJson()
                    ? Refused.permanent(400, "invalid_batch", "The body is no array. A batch is an array of tasks.")
                    : Refused.permanent(400, "invalid_json", "The body is not JSON: " + bad.getMessage() + ".");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
