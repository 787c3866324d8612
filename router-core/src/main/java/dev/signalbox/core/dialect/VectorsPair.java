package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.translate.Asking;
import dev.signalbox.core.translate.Languages;
import dev.signalbox.core.translate.Losses;
import dev.signalbox.core.translate.Manner;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A way in which Ollama is asked for vectors, said in {@code openai.embeddings}: the same texts under another name.
 *
 * @param from what the client speaks
 * @param names what the members are called there that both have
 * @param answer how the vectors are told
 */
record VectorsPair(Dialect from, Map<String, String> names, Retelling.Beginning answer) implements Pair {

    /** Who knows what changes nothing of a vector either, such as how long the model stays. */
    private static final Asking OLLAMA = Languages.of(Dialect.OLLAMA_CHAT).orElseThrow();

    /** All of them. */
    static final List<Pair> ALL = List.of(
            new VectorsPair(
                    Dialect.OLLAMA_EMBED, Map.of("input", "input", "dimensions", "dimensions"), EmbedRetelling::new),
            new VectorsPair(Dialect.OLLAMA_EMBEDDINGS, Map.of("prompt", "input"), facts -> new OneVectorRetelling()));

    @Override
    public Dialect to() {
        return Dialect.OPENAI_EMBEDDINGS;
    }

    @Override
    public Translated translate(ObjectNode said, Manner manner) throws IOException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        Losses losses = new Losses(OLLAMA.hints(said));
        for (Map.Entry<String, JsonNode> member : said.properties()) {
            String name = names.get(member.getKey());
            if (name != null) {
                request.set(name, member.getValue());
            } else if (!isNoNews(member.getKey(), member.getValue())) {
                losses.lose(
                        member.getKey(),
                        "/" + member.getKey().replace("~", "~0").replace("/", "~1"));
            }
        }
        return new Translated(to(), Body.of(Json.bytes(request)), losses.edits(), answer);
    }

    /** A text that is too long is cut by nobody but Ollama, which does so unless it is told not to. */
    private static boolean isNoNews(String name, JsonNode value) {
        return name.equals("model") || value.isNull() || (name.equals("truncate") && value.asBoolean());
    }
}
