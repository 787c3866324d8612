package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.translate.Manner;
import java.io.IOException;

/** {@code task} said in {@code openai.chat}. */
record TaskToChat() implements Pair {

    @Override
    public Dialect from() {
        return Dialect.TASK;
    }

    @Override
    public Dialect to() {
        return Dialect.OPENAI_CHAT;
    }

    @Override
    public Translated translate(ObjectNode said, Manner manner) throws IOException {
        return new Translated(to(), Body.of(Json.bytes(request(said))), TaskWords.losses(said), answer(said));
    }

    private static ObjectNode request(ObjectNode said) {
        ObjectNode chat = JsonNodeFactory.instance.objectNode();
        TaskWords.messages(said, chat.putArray("messages"));
        TaskWords.copy(said, "max_tokens", chat, "max_tokens");
        TaskWords.SAMPLING.forEach(name -> TaskWords.copy(said, name, chat, name));
        TaskWords.copy(said, "tools", chat, "tools");
        TaskWords.copy(said, "tool_choice", chat, "tool_choice");
        if (said.path("stream").booleanValue()) {
            chat.put("stream", true);
            chat.putObject("stream_options").put("include_usage", true); // the last frame tells how many there were
        }
        return chat;
    }

    private static Retelling.Beginning answer(ObjectNode said) {
        return facts -> new TaskRetelling(new ChoicesReply(), TaskToChat::calls, said, facts);
    }

    private static JsonNode calls(JsonNode frame) {
        JsonNode choice = frame.path("choices").path(0);
        return choice.path(choice.has("delta") ? "delta" : "message").path("tool_calls");
    }
}
