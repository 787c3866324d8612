package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Routing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Every name a client may write in {@code model}. A client that names a version of Anthropic's API gets a list of its shape;
 * what all others get, clients of OpenAI and of Anthropic both understand.
 */
final class ModelList {

    private final Routing routing;
    private final Instant since = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);

    ModelList(Routing routing) {
        this.routing = routing;
    }

    /** All of them, or the page that a client of Anthropic asks for. */
    void all(Exchange exchange) {
        byte[] list = isAnthropic(exchange)
                ? anthropic(ModelPage.of(routing.models(), exchange.request().query()))
                : merged(routing.models());
        exchange.send(200, "application/json", list);
    }

    private static boolean isAnthropic(Exchange exchange) {
        return exchange.dialect().equals(Dialect.ANTHROPIC_MESSAGES);
    }

    private byte[] anthropic(ModelPage page) {
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("data");
        page.entries().forEach(entry -> data.add(ofAnthropic(entry, entry.id())));
        return Json.bytes(ends(list, page.entries(), page.more()));
    }

    private byte[] merged(List<ModelEntry> entries) {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        entries.forEach(entry -> data.add(json(entry)));
        return Json.bytes(ends(list, entries, false));
    }

    private static ObjectNode ends(ObjectNode list, List<ModelEntry> entries, boolean more) {
        return list.put("has_more", more)
                .put("first_id", entries.isEmpty() ? null : entries.getFirst().id())
                .put("last_id", entries.isEmpty() ? null : entries.getLast().id());
    }

    /** One of them, or one that a request may name too; the name may have slashes, also percent-encoded ones. */
    void one(Exchange exchange) {
        String id = exchange.request().path().pathParameters().get("id");
        ModelEntry found = routing.model(id).orElseThrow(() -> unknown(id, routing.models()));
        ObjectNode model =
                isAnthropic(exchange) ? ofAnthropic(found, id) : json(found).put("id", id);
        exchange.send(200, "application/json", Json.bytes(model));
    }

    private static Refused unknown(String id, List<ModelEntry> entries) {
        List<String> known = entries.stream().map(ModelEntry::id).toList();
        return Refused.permanent(
                404, "model_not_found", "There is no model \"%s\". %s".formatted(id, Near.hint(id, known)));
    }

    private ObjectNode ofAnthropic(ModelEntry entry, String id) {
        ObjectNode json = Json.object()
                .put("type", "model")
                .put("id", id)
                .put("display_name", id)
                .put("created_at", since.toString());
        entry.target().contextTokens().ifPresent(tokens -> json.put("max_input_tokens", tokens));
        return json;
    }

    private ObjectNode json(ModelEntry entry) {
        ModelInfo model = entry.target();
        ObjectNode json = Json.object()
                .put("id", entry.id())
                .put("object", "model")
                .put("created", since.getEpochSecond())
                .put("owned_by", entry.backend().isEmpty() ? "signalbox" : entry.backend())
                .put("type", "model")
                .put("display_name", entry.id())
                .put("created_at", since.toString())
                .put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
        if (!entry.backend().isEmpty()) {
            json.put("backend", entry.backend()).put("model", model.name());
        }
        model.contextTokens()
                .ifPresent(tokens -> json.put("context_length", tokens).put("max_model_len", tokens));
        model.loaded().ifPresent(loaded -> json.put("loaded", loaded));
        return json;
    }
}
