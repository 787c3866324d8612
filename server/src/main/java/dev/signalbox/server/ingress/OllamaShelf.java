package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Routing;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** The models as clients of Ollama look at them: every name a client may write in {@code model}. Many threads at once. */
final class OllamaShelf {

    /** Clients look whether it is new enough for what they want, and take nothing but numbers. */
    private static final String VERSION = "0.32.15";

    /** Nobody here decides when a model leaves its memory. */
    private static final String NEVER = "9999-12-31T23:59:59Z";

    private static final int LONGEST_QUESTION = 64 << 10;
    private static final String JSON = "application/json; charset=utf-8";

    private final Routing routing;
    private final Intake intake;
    private final String since = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    OllamaShelf(Routing routing, Intake intake) {
        this.routing = routing;
        this.intake = intake;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/tags", this::tags),
                Endpoint.get("/api/ps", this::loaded),
                Endpoint.get("/api/version", OllamaShelf::version),
                Endpoint.post("/api/show", Faces.of("/api/show"), this::show));
    }

    private void tags(Exchange exchange) {
        ObjectNode list = Json.object();
        ArrayNode models = list.putArray("models");
        routing.models().forEach(entry -> models.add(tag(entry)));
        exchange.send(200, JSON, Json.bytes(list));
    }

    private ObjectNode tag(ModelEntry entry) {
        OllamaModel model = new OllamaModel(entry);
        ObjectNode tag = model.named(Json.object()).put("modified_at", since);
        tag.put("size", entry.target().diskBytes().orElse(0)).put("digest", model.digest());
        tag.set("details", model.details());
        tag.set("capabilities", model.capabilities());
        return tag;
    }

    private void loaded(Exchange exchange) {
        ObjectNode list = Json.object();
        ArrayNode models = list.putArray("models");
        routing.models().stream()
                .filter(entry -> entry.kind() == ModelEntry.Kind.TARGET)
                .filter(entry -> entry.target().loaded().orElse(false))
                .forEach(entry -> models.add(resident(entry)));
        exchange.send(200, JSON, Json.bytes(list));
    }

    private static ObjectNode resident(ModelEntry entry) {
        OllamaModel model = new OllamaModel(entry);
        ObjectNode resident = model.named(Json.object());
        long bytes = entry.target().memoryBytes().orElse(0);
        resident.put("size", bytes).put("digest", model.digest());
        resident.set("details", model.details());
        resident.put("expires_at", NEVER).put("size_vram", bytes);
        entry.target().contextTokens().ifPresent(tokens -> resident.put("context_length", tokens));
        return resident;
    }

    /** A second member tells those apart who look for an Ollama: a router is none. */
    private static void version(Exchange exchange) {
        ObjectNode version = Json.object().put("version", VERSION).put("server", "Signalbox");
        exchange.send(200, JSON, Json.bytes(version));
    }

    private void show(Exchange exchange) {
        String name = name(exchange);
        List<ModelEntry> entries = routing.models();
        ModelEntry entry =
                routing.model(name).or(() -> OllamaModel.find(name, entries)).orElseThrow(() -> unknown(name, entries));
        OllamaModel model = new OllamaModel(entry);
        ObjectNode shown = Json.object().put("license", "").put("modelfile", "");
        shown.put("parameters", "").put("template", "").put("modified_at", since);
        shown.set("details", model.details());
        shown.set("model_info", model.info());
        shown.set("capabilities", model.capabilities());
        exchange.send(200, JSON, Json.bytes(shown));
    }

    /** Older clients call it {@code name}. */
    private String name(Exchange exchange) {
        JsonNode asked = asked(exchange);
        return Stream.of("model", "name")
                .map(asked::path)
                .filter(JsonNode::isTextual)
                .map(name -> name.textValue().strip())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseThrow(() -> Refused.permanent(
                        400, "invalid_request", "model is required: {\"model\": …} names what to show."));
    }

    private JsonNode asked(Exchange exchange) {
        try (Body body = intake.read(exchange);
                InputStream in = body.open()) {
            return Json.read(in.readNBytes(LONGEST_QUESTION));
        } catch (IOException notJson) {
            throw Refused.permanent(400, "invalid_request", "The body is no JSON; {\"model\": …} would be right.");
        }
    }

    private static Refused unknown(String name, List<ModelEntry> entries) {
        List<String> known = entries.stream().map(ModelEntry::id).toList();
        return Refused.permanent(
                404, "model_not_found", "model '%s' not found. %s".formatted(name, Near.hint(name, known)));
    }
}
