package dev.signalbox.core.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up answers, the same for the same seed: as events, and as each dialect tells those. */
final class Speech {

    private final Random random;
    private final Talk talk;

    Speech(long seed) {
        this.random = new Random(seed);
        this.talk = new Talk(seed, true);
    }

    /** Thought, text and calls as a backend of any dialect may tell them: each in pieces, none of them empty. */
    List<AnswerEvent> events() {
        List<AnswerEvent> events = new ArrayList<>();
        events.add(new AnswerEvent.Started("id", "m"));
        if (random.nextBoolean()) {
            pieces(talk.words()).forEach(piece -> events.add(new AnswerEvent.Thinking(piece)));
        }
        pieces(talk.words()).forEach(piece -> events.add(new AnswerEvent.Text(piece)));
        int calls = random.nextInt(3);
        for (int call = 0; call < calls; call++) {
            int now = call;
            events.add(new AnswerEvent.CallStarted(call, "call_" + call, "tool" + call));
            String arguments =
                    JsonNodeFactory.instance.objectNode().put("x", talk.words()).toString();
            pieces(arguments).forEach(piece -> events.add(new AnswerEvent.CallArguments(now, piece)));
            events.add(new AnswerEvent.CallEnded(call));
        }
        Finish.Reason reason = calls > 0 ? Finish.Reason.TOOLS : Finish.Reason.END;
        events.add(new AnswerEvent.Stopped(Finish.of(reason, "")));
        events.add(new AnswerEvent.Counted(OpenAiUsage.read(Words.json(
                "{'prompt_tokens':%d,'completion_tokens':%d}".formatted(random.nextInt(900), random.nextInt(900))))));
        return events;
    }

    /** Never between the two halves of one character: no backend does that, for it sends UTF-8. */
    private List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(4));
            to -= Character.isHighSurrogate(text.charAt(to - 1)) && to < text.length() ? -1 : 0;
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    /** The stream in which a backend of that dialect tells them. */
    static byte[] stream(List<AnswerEvent> events, Dialect dialect) throws Malformed {
        StringBuilder stream = new StringBuilder();
        AnswerWriter writer = writer(dialect);
        events.forEach(event -> writer.tell(event, frame -> stream.append(new String(frame.raw(), UTF_8))));
        writer.end(frame -> stream.append(new String(frame.raw(), UTF_8)));
        return stream.toString().getBytes(UTF_8);
    }

    static JsonNode whole(List<AnswerEvent> events, Dialect dialect) throws Malformed {
        Gathering gathering = new Gathering(dialect);
        events.forEach(gathering);
        return Words.again(writer(dialect).whole(gathering.answer()));
    }

    private static AnswerWriter writer(Dialect dialect) throws Malformed {
        String asked = "{'messages':[],'input':[],'stream':true,'stream_options':{'include_usage':true}}";
        Language language = Words.language(dialect);
        return language.answerWriter(language.chats().read(Spot.root(Words.json(asked))), Words.FACTS);
    }

    /** What a client makes of a stream: the whole answer, as the official ones put it together. */
    static JsonNode together(List<Frame> frames, Dialect dialect) {
        if (dialect.equals(Dialect.OPENAI_RESPONSES)) {
            return comparable(Frames.json(frames.getLast()).path("response"), dialect);
        }
        return dialect.equals(Dialect.OPENAI_CHAT) ? openAi(frames) : anthropic(frames);
    }

    private static JsonNode openAi(List<Frame> frames) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        for (Frame frame : frames) {
            JsonNode chunk = Frames.json(frame);
            for (JsonNode choice : chunk.path("choices")) {
                join(choice.path("delta"), message);
                if (choice.path("finish_reason").isTextual()) {
                    whole.set("finish_reason", choice.path("finish_reason"));
                }
            }
            if (chunk.path("usage").isObject()) {
                whole.set("usage", chunk.path("usage"));
            }
        }
        whole.set("message", message);
        return whole;
    }

    private static void join(JsonNode delta, ObjectNode message) {
        for (String name : List.of("content", "reasoning_content", "refusal")) {
            if (delta.path(name).isTextual()) {
                message.put(
                        name, message.path(name).asText("") + delta.path(name).asText());
            }
        }
        for (JsonNode call : delta.path("tool_calls")) {
            ArrayNode calls = message.withArrayProperty("tool_calls");
            if (call.has("id")) {
                calls.addObject()
                        .put("id", call.path("id").asText())
                        .put("name", call.at("/function/name").asText())
                        .put("arguments", "");
            }
            ObjectNode known = (ObjectNode) calls.get(call.path("index").asInt());
            known.put(
                    "arguments",
                    known.path("arguments").asText()
                            + call.at("/function/arguments").asText());
        }
    }

    private static JsonNode anthropic(List<Frame> frames) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ArrayNode content = whole.putArray("content");
        List<StringBuilder> inputs = new ArrayList<>();
        for (Frame frame : frames) {
            JsonNode event = Frames.json(frame);
            switch (event.path("type").asText()) {
                case "content_block_start" -> {
                    content.add(event.path("content_block"));
                    inputs.add(new StringBuilder());
                }
                case "content_block_delta" -> {
                    int index = event.path("index").asInt();
                    ObjectNode block = (ObjectNode) content.get(index);
                    inputs.get(index).append(event.at("/delta/partial_json").asText(""));
                    for (String name : List.of("text", "thinking", "signature")) {
                        JsonNode more = event.path("delta").path(name);
                        if (more.isTextual()) {
                            block.put(name, block.path(name).asText("") + more.asText());
                        }
                    }
                }
                case "message_delta" -> {
                    whole.set("stop_reason", event.at("/delta/stop_reason"));
                    whole.set("usage", event.path("usage"));
                }
                default -> {} // a border
            }
        }
        for (int i = 0; i < content.size(); i++) {
            if (content.get(i).path("type").asText().equals("tool_use")) {
                ((ObjectNode) content.get(i))
                        .set("input", AnthropicBlocks.input(inputs.get(i).toString()));
            }
        }
        return whole;
    }

    /** The parts of a whole answer that a stream tells, too. */
    static JsonNode comparable(JsonNode whole, Dialect dialect) {
        ObjectNode same = JsonNodeFactory.instance.objectNode();
        if (dialect.equals(Dialect.OPENAI_RESPONSES)) {
            same.set("output", whole.path("output"));
            same.set("status", whole.path("status"));
            return same.set("usage", whole.path("usage"));
        }
        if (!dialect.equals(Dialect.OPENAI_CHAT)) {
            same.set("content", whole.path("content"));
            same.set("stop_reason", whole.path("stop_reason"));
            return same.set("usage", whole.path("usage"));
        }
        JsonNode choice = whole.path("choices").path(0);
        same.set("finish_reason", choice.path("finish_reason"));
        same.set("usage", whole.path("usage"));
        ObjectNode message = same.putObject("message");
        join(((ObjectNode) choice.path("message").deepCopy()).without("tool_calls"), message);
        for (JsonNode call : choice.path("message").path("tool_calls")) {
            message.withArrayProperty("tool_calls")
                    .addObject()
                    .put("id", call.path("id").asText())
                    .put("name", call.at("/function/name").asText())
                    .put("arguments", call.at("/function/arguments").asText());
        }
        return same;
    }
}
