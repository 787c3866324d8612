package dev.signalbox.core.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Makes up answers, the same for the same seed: as events, and as a backend of one dialect tells those. */
final class Speech {

    /** Those in which the parts of a whole answer have an order. */
    private static final Set<Dialect> ORDERED = Set.of(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_RESPONSES);

    private final Random random;
    private final Dialect backend;
    private final boolean ordered;
    private final boolean weighed; // words have probabilities
    private final List<AnswerEvent> events = new ArrayList<>();
    private int calls;

    /** The answer of that seed, from a backend of that dialect. */
    Speech(long seed, Dialect backend) {
        this.random = new Random(seed);
        this.backend = backend;
        this.ordered = ORDERED.contains(backend);
        this.weighed = !ordered && maybe();
    }

    /** Whatever a model may say, in pieces none of which is empty: thoughts, texts, refusals and calls. */
    List<AnswerEvent> events() {
        events.add(new AnswerEvent.Started("id", "m"));
        if (maybe()) {
            events.add(new AnswerEvent.Counted(tokens(OptionalLong.empty())));
        }
        thoughts();
        if (random.nextInt(5) > 0) {
            text();
        }
        if (maybe() && ordered) { // a text of two parts
            events.add(new AnswerEvent.PartEnded());
            text();
        }
        if (random.nextInt(6) == 0) {
            say(Talk.words(random), AnswerEvent.Refusal::new);
        }
        calls(random.nextInt(4));
        if (ordered && maybe()) {
            thoughts();
            text();
            calls(random.nextInt(2));
        }
        events.add(new AnswerEvent.Stopped(finish()));
        events.add(new AnswerEvent.Counted(tokens(OptionalLong.of(random.nextInt(900)))));
        return List.copyOf(events);
    }

    private boolean maybe() {
        return random.nextInt(3) == 0;
    }

    private void thoughts() {
        for (int i = random.nextInt(3); i > 0; i--) {
            if (random.nextInt(4) == 0) {
                events.add(new AnswerEvent.Redacted(seal()));
                continue;
            }
            boolean signedOnly = ordered && random.nextInt(4) == 0;
            if (signedOnly) {
                events.add(new AnswerEvent.Thinking(""));
            } else {
                say(Talk.words(random), AnswerEvent.Thinking::new);
            }
            if (signedOnly || maybe()) {
                events.add(new AnswerEvent.Signature(seal()));
            }
            events.add(new AnswerEvent.PartEnded());
        }
    }

    private Seal seal() {
        return new Seal(backend, "seal" + random.nextInt(900));
    }

    private void text() {
        say(Talk.words(random), AnswerEvent.Text::new);
    }

    private void say(String words, Function<String, AnswerEvent> kind) {
        for (String piece : pieces(words)) {
            AnswerEvent said = kind.apply(piece);
            events.add(said);
            if (weighed && said instanceof AnswerEvent.Text) {
                events.add(new AnswerEvent.Logprobs(probability(piece)));
            }
            if (random.nextInt(20) == 0) {
                events.add(new AnswerEvent.Ping());
            }
        }
    }

    private ArrayNode probability(String piece) {
        ArrayNode tokens = JsonNodeFactory.instance.arrayNode();
        tokens.addObject().put("token", piece).put("logprob", -0.5).putArray("top_logprobs");
        return tokens;
    }

    /** So many at once: the pieces of their arguments may be mixed, and there may be none. */
    private void calls(int many) {
        int first = calls;
        boolean mixed = random.nextBoolean();
        List<AnswerEvent> ends = new ArrayList<>();
        List<List<String>> arguments = new ArrayList<>();
        for (; calls < first + many; calls++) {
            String id = random.nextInt(5) == 0 ? "" : "call_" + calls;
            events.add(new AnswerEvent.CallStarted(calls, id, "tool" + calls));
            arguments.add(new ArrayList<>(pieces(arguments())));
            ends.add(new AnswerEvent.CallEnded(calls));
            if (!mixed) {
                argue(first, arguments);
                events.add(ends.removeLast());
            }
        }
        argue(first, arguments);
        events.addAll(ends);
    }

    private String arguments() {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "{}";
            default ->
                JsonNodeFactory.instance
                        .objectNode()
                        .put("x", Talk.words(random))
                        .toString();
        };
    }

    private void argue(int first, List<List<String>> arguments) {
        while (arguments.stream().anyMatch(pieces -> !pieces.isEmpty())) {
            int call = random.nextInt(arguments.size());
            if (!arguments.get(call).isEmpty()) {
                events.add(new AnswerEvent.CallArguments(
                        first + call, arguments.get(call).removeFirst()));
            }
        }
    }

    private Finish finish() {
        return switch (random.nextInt(8)) {
            case 0 -> Finish.of(Finish.Reason.LENGTH, "");
            case 1 -> Finish.of(Finish.Reason.CONTEXT, "");
            case 2 -> new Finish(Finish.Reason.STOP_TEXT, "", "END");
            case 3 -> Finish.of(Finish.Reason.REFUSED, "");
            case 4 -> Finish.of(Finish.Reason.OTHER, "tired");
            default -> Finish.of(calls > 0 ? Finish.Reason.TOOLS : Finish.Reason.END, "");
        };
    }

    private Tokens tokens(OptionalLong output) {
        long input = 500 + random.nextInt(400);
        return new Tokens(
                OptionalLong.of(input),
                output,
                some(200),
                some(200),
                output.isEmpty() ? output : some(output.getAsLong()));
    }

    private OptionalLong some(long most) {
        return maybe() ? OptionalLong.of(random.nextLong(most + 1)) : OptionalLong.empty();
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
        return bytes(frames(events, dialect));
    }

    static byte[] bytes(List<Frame> frames) {
        StringBuilder stream = new StringBuilder();
        frames.forEach(frame -> stream.append(new String(frame.raw(), UTF_8)));
        return stream.toString().getBytes(UTF_8);
    }

    static List<Frame> frames(List<AnswerEvent> events, Dialect dialect) throws Malformed {
        List<Frame> frames = new ArrayList<>();
        AnswerWriter writer = writer(dialect);
        events.forEach(event -> writer.tell(event, frames::add));
        writer.end(frames::add);
        return frames;
    }

    static JsonNode whole(List<AnswerEvent> events, Dialect dialect) throws Malformed {
        Gathering gathering = new Gathering(dialect);
        events.forEach(gathering);
        return Words.again(writer(dialect).whole(gathering.answer()));
    }

    private static AnswerWriter writer(Dialect dialect) throws Malformed {
        String asked =
                "{'messages':[{'role':'user','content':'Hi'}],'input':'Hi','stream':true,'stream_options':{'include_usage':true}}";
        Language language = Words.language(dialect);
        return language.answerWriter(language.chats().read(Spot.root(Words.json(asked))), Words.FACTS);
    }
}
