package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.translate.Losses;
import dev.signalbox.core.translate.Manner;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** {@code ollama.embed} said in {@code openai.embeddings}: the same texts, the vectors under other names. */
record EmbedToEmbeddings() implements Pair {

    private static final Set<String> SHARED = Set.of("input", "dimensions");

    @Override
    public Dialect from() {
        return Dialect.OLLAMA_EMBED;
    }

    @Override
    public Dialect to() {
        return Dialect.OPENAI_EMBEDDINGS;
    }

    @Override
    public Translated translate(ObjectNode said, Manner manner) throws IOException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        Losses losses = new Losses();
        for (Map.Entry<String, JsonNode> member : said.properties()) {
            if (SHARED.contains(member.getKey())) {
                request.set(member.getKey(), member.getValue());
            } else if (!isNoNews(member.getKey(), member.getValue())) {
                losses.lose(
                        member.getKey(),
                        "/" + member.getKey().replace("~", "~0").replace("/", "~1"));
            }
        }
        return new Translated(to(), Body.of(Json.bytes(request)), losses.edits(), EmbedRetelling::new);
    }

    /** A text that is too long is cut by nobody but Ollama, which does so unless it is told not to. */
    private static boolean isNoNews(String name, JsonNode value) {
        return name.equals("model") || value.isNull() || (name.equals("truncate") && value.asBoolean());
    }
}
