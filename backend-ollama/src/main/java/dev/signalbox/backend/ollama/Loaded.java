package dev.signalbox.backend.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.http.ModelLists;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.ModelLifecycle.Resident;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A model that is in an Ollama's memory, or on its way there.
 *
 * @param name with its tag
 * @param bytes what it takes, be it of the graphics card's memory or of the machine's
 * @param context with which context it was loaded; older versions do not tell
 */
record Loaded(String name, OptionalLong bytes, OptionalLong context) {

    private static final int MOST = 1_000;

    /** Reads {@code /api/ps}. */
    static List<Loaded> read(JsonNode ps) throws BackendException {
        List<Loaded> loaded = new ArrayList<>();
        for (JsonNode entry : Installed.models(ps, "/api/ps")) {
            String name = Installed.nameOf(entry);
            long bytes = entry.path("size").asLong(0);
            if (ModelLists.isName(name) && loaded.size() < MOST) {
                loaded.add(new Loaded(
                        name,
                        bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty(),
                        ModelLists.tokens(entry.path("context_length"))));
            }
        }
        return loaded;
    }

    /** The model with what is known of it in memory, which beats what its file says. */
    ModelInfo tell(ModelInfo model) {
        ModelInfo told = model.withLoaded(true);
        told = bytes.isPresent() ? told.withMemory(bytes.getAsLong()) : told;
        return context.isPresent()
                ? told.withContext(context.getAsLong()).withLoadedContext(context.getAsLong())
                : told;
    }

    Resident resident() {
        return new Resident(name, bytes, context);
    }
}
