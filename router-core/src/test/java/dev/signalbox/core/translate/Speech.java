package dev.signalbox.core.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up answers, the same for the same seed: as events, and as each dialect tells those. */
final class Speech {

    private final Random random;
    private final boolean mixed;

    /**
     * The answers of that seed.
     *
     * @param mixed whether text may follow calls: only some dialects tell whole answers in the order of their parts
     */
    Speech(long seed, boolean mixed) {
        this.random = new Random(seed);
        this.mixed = mixed;
    }

    /** Thought, text and calls as a backend of any dialect may tell them: each in pieces, none of them empty. */
    List<AnswerEvent> events() {
        List<AnswerEvent> events = new ArrayList<>();
        events.add(new AnswerEvent.Started("id", "m"));
        if (random.nextBoolean()) {
            pieces(Talk.words(random)).forEach(piece -> events.add(new AnswerEvent.Thinking(piece)));
        }
        pieces(Talk.words(random)).forEach(piece -> events.add(new AnswerEvent.Text(piece)));
        int calls = random.nextInt(3);
        for (int call = 0; call < calls; call++) {
            int now = call;
            events.add(new AnswerEvent.CallStarted(call, "call_" + call, "tool" + call));
            String arguments = JsonNodeFactory.instance
                    .objectNode()
                    .put("x", Talk.words(random))
                    .toString();
            pieces(arguments).forEach(piece -> events.add(new AnswerEvent.CallArguments(now, piece)));
            events.add(new AnswerEvent.CallEnded(call));
        }
        if (mixed && calls > 0 && random.nextBoolean()) {
            pieces(Talk.words(random)).forEach(piece -> events.add(new AnswerEvent.Text(piece)));
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
}
