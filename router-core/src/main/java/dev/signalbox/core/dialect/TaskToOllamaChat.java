package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.translate.Manner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code task} said in {@code ollama.chat}, which reads how to sample under {@code options} and nowhere else. */
record TaskToOllamaChat() implements Pair {

    /** What Ollama does anyway, and what can be said by leaving the tools out. */
    private static final Set<String> CHOICES = Set.of("", "null", "\"auto\"", "\"none\"");

    @Override
    public Dialect from() {
        return Dialect.TASK;
    }

    @Override
    public Dialect to() {
        return Dialect.OLLAMA_CHAT;
    }

    @Override
    public Translated translate(ObjectNode said, Manner manner) throws IOException {
        return new Translated(to(), Body.of(Json.bytes(request(said))), losses(said), answer(said));
    }

    private static List<Edit> losses(ObjectNode said) {
        List<Edit> losses = new ArrayList<>(TaskWords.losses(said));
        if (!CHOICES.contains(said.path("tool_choice").toString())) {
            losses.add(Edit.remove("/tool_choice").dropping("tool_choice"));
        }
        return losses;
    }

    private static ObjectNode request(ObjectNode said) {
        ObjectNode chat = JsonNodeFactory.instance.objectNode();
        TaskWords.messages(said, chat.putArray("messages"));
        chat.put("stream", said.path("stream").booleanValue());
        if (!said.path("tool_choice").asText("").equals("none")) {
            TaskWords.copy(said, "tools", chat, "tools");
        }
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        TaskWords.copy(said, "max_tokens", options, "num_predict");
        TaskWords.SAMPLING.forEach(name -> TaskWords.copy(said, name, options, name));
        if (!options.isEmpty()) {
            chat.set("options", options);
        }
        return chat;
    }

    private static Retelling.Beginning answer(ObjectNode said) {
        return facts -> new TaskRetelling(
                new OllamaReply(), frame -> frame.path("message").path("tool_calls"), said, facts);
    }
}
