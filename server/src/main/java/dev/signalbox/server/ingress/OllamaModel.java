package dev.signalbox.server.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.Support;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One name, told as Ollama tells of a model.
 *
 * @param entry the name, with what is known of the model it leads to
 */
record OllamaModel(ModelEntry entry) {

    private static final String ARCHITECTURE = "signalbox"; // clients look for a context under its name
    private static final String LATEST = ":latest";

    /** By a name as a client may write it: without case, with or without {@code :latest}, or that of a model alone. */
    static Optional<ModelEntry> find(String name, List<ModelEntry> entries) {
        return entries.stream()
                .filter(entry -> same(name, entry.id()))
                .findFirst()
                .or(() -> entries.stream()
                        .filter(entry -> entry.kind() == ModelEntry.Kind.TARGET)
                        .filter(entry -> same(name, entry.target().name()))
                        .findFirst());
    }

    private static boolean same(String one, String other) {
        return one.equalsIgnoreCase(other)
                || (one + LATEST).equalsIgnoreCase(other)
                || one.equalsIgnoreCase(other + LATEST);
    }

    /** Always with a tag, as an Ollama lists its models: some clients add it to what they ask for, and then look it up. */
    ObjectNode named(ObjectNode into) {
        String name = entry.id().contains(":") ? entry.id() : entry.id() + LATEST;
        return into.put("name", name).put("model", name);
    }

    /** Of the name: there is no file whose digest it could be, but clients want one that stays. */
    String digest() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(entry.id().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Every Java has SHA-256.", never);
        }
    }

    ObjectNode details() {
        ObjectNode details = Json.object();
        details.put("parent_model", "").put("format", "").put("family", ARCHITECTURE);
        details.putArray("families").add(ARCHITECTURE);
        details.put("parameter_size", "").put("quantization_level", "");
        entry.target().contextTokens().ifPresent(tokens -> details.put("context_length", tokens));
        return details;
    }

    ObjectNode info() {
        ObjectNode info = Json.object();
        info.put("general.architecture", ARCHITECTURE).put("general.basename", entry.id());
        entry.target().contextTokens().ifPresent(tokens -> info.put(ARCHITECTURE + ".context_length", tokens));
        return info;
    }

    /** What is unknown of tools is told as there, as it is tried; clients offer nothing else unless they see it. */
    ArrayNode capabilities() {
        ArrayNode all = Json.object().arrayNode();
        boolean embeds = has(Capability.EMBEDDINGS);
        boolean talks = !lacks(Capability.CHAT) && (has(Capability.CHAT) || !embeds);
        add(all, talks, "completion");
        add(all, talks && !lacks(Capability.TOOLS), "tools");
        add(all, has(Capability.VISION), "vision");
        add(all, has(Capability.REASONING), "thinking");
        add(all, embeds, "embedding");
        return all;
    }

    private static void add(ArrayNode all, boolean there, String word) {
        if (there) {
            all.add(word);
        }
    }

    private boolean has(Capability capability) {
        return entry.target().support(capability) == Support.YES;
    }

    private boolean lacks(Capability capability) {
        return entry.target().support(capability) == Support.NO;
    }
}
