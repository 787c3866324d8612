package dev.signalbox.backend.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.http.ModelLists;
import dev.signalbox.spi.BackendException;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that an Ollama lists.
 *
 * @param name with its tag
 * @param digest of its manifest: another one is another model, whatever its name
 * @param bytes its size on disk; 0 if it does not tell
 * @param capabilities in Ollama's words; older versions do not tell
 * @param isElsewhere whether it runs on somebody else's machine
 */
record Installed(String name, String digest, long bytes, List<String> capabilities, boolean isElsewhere) {

    private static final int MOST = 10_000;

    /** Reads {@code /api/tags}; a list of {@code null} is an empty one. */
    static List<Installed> read(JsonNode tags) throws BackendException {
        List<Installed> installed = new ArrayList<>();
        for (JsonNode entry : models(tags, "/api/tags")) {
            String name = nameOf(entry);
            if (ModelLists.isName(name) && installed.size() < MOST) {
                installed.add(new Installed(
                        name,
                        entry.path("digest").asText(""),
                        Math.max(0, entry.path("size").asLong(0)),
                        Description.words(entry.path("capabilities")),
                        isElsewhere(entry)));
            }
        }
        return installed;
    }

    /** The member {@code models} of a list, which is there even if nothing is in it. */
    static JsonNode models(JsonNode list, String path) throws BackendException {
        JsonNode models = list.path("models");
        if (!models.isArray() && !models.isNull()) {
            throw new BackendException(
                    FailureKind.BROKEN_REPLY, path + " has no member \"models\", so it is not Ollama's");
        }
        return models;
    }

    static String nameOf(JsonNode entry) {
        String name = entry.path("name").asText("");
        return name.isEmpty() ? entry.path("model").asText("") : name;
    }

    private static boolean isElsewhere(JsonNode entry) {
        return !entry.path("remote_host").asText("").isEmpty()
                || !entry.path("remote_model").asText("").isEmpty();
    }

    /** What the list tells of it. */
    ModelInfo info() {
        ModelInfo model = ModelInfo.named(name);
        return bytes > 0 ? model.withDisk(bytes) : model;
    }
}
