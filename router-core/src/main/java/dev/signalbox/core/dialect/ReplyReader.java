package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Usage;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.json.Skim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/** Reads the frames of one reply, or one whole reply, in its dialect. One for each reply; one thread uses it. */
public final class ReplyReader {

    /** Frames up to this size are read also after the commit: end marks are small, and small is cheap. */
    private static final int SMALL = 64;

    /** Vectors, token lists and data of images: long, and of no interest here. */
    private static final Skim SKIM = new Skim(Set.of("embedding", "embeddings", "context", "logprobs", "b64_json"));

    /** What a model says at length: of a whole reply only whether it is there matters. */
    private static final Skim OUTLINE = SKIM.leavingUnread(
            "content", "text", "response", "reasoning", "reasoning_content", "thinking", "refusal", "arguments");

    private final ReplyShape shape;
    private final Tally tally = new Tally();
    private boolean committed;
    private boolean finished; // then content matters again: it is that of another choice

    private ReplyReader(ReplyShape shape) {
        this.shape = shape;
    }

    /** A reader for one reply of that dialect. */
    public static ReplyReader of(Dialect dialect) {
        return new ReplyReader(ReplyShape.of(dialect));
    }

    /** Says that content does not matter any more: from now on only what may finish, count or fail is read closely. */
    public void committed() {
        committed = true;
    }

    /** Says what a frame means, and takes its token counts. Frames of every kind may be handed over, in their order. */
    public Signal read(Frame frame) {
        if (frame.kind() != Frame.Kind.DATA) {
            return withoutData(frame);
        }
        if (committed && !finished && frame.length() > SMALL && !worthReading(frame)) {
            return Signal.NOTHING;
        }
        if (endMark(frame)) {
            return Signal.END;
        }
        Optional<JsonNode> json = json(ByteBuffer.wrap(frame.data()));
        if (json.isEmpty() && !shape.speaksJson()) {
            return signal(MissingNode.getInstance());
        }
        if (ReplyErrors.named(frame) || json.filter(ReplyErrors::in).isPresent()) {
            return Signal.error(frame.text());
        }
        if (json.isEmpty()) {
            return Signal.garbled(frame.text());
        }
        shape.count(json.get(), tally);
        return signal(json.get());
    }

    private Signal withoutData(Frame frame) {
        boolean maybe = frame.kind() == Frame.Kind.EMPTY && frame.length() > 2;
        return maybe ? ReplyErrors.bare(frame).map(Signal::garbled).orElse(Signal.NOTHING) : Signal.NOTHING;
    }

    private boolean worthReading(Frame frame) {
        byte[] raw = frame.raw();
        return shape.watch().worth(raw) || (raw[0] == 'e' && ReplyErrors.named(frame));
    }

    private static boolean endMark(Frame frame) {
        return frame.length() <= SMALL && frame.text().startsWith("[DONE]");
    }

    private Signal signal(JsonNode frame) {
        boolean content = shape.produces(frame)
                || !shape.text(frame).isEmpty()
                || !shape.reasoning(frame).isEmpty();
        boolean finish = shape.finishes(frame);
        finished |= finish;
        return Signal.of(content, finish, shape.ends(frame), shape.usageOnly(frame));
    }

    /** The tokens reported up to now. */
    public Optional<Usage> usage() {
        return tally.usage();
    }

    /** What a frame adds to the answer; empty texts for a frame without data or JSON. */
    public AnswerFrame answer(Frame frame) {
        JsonNode json = json(ByteBuffer.wrap(frame.data())).orElse(MissingNode.getInstance());
        String finish = json.isMissingNode() ? "" : shape.finish(json);
        return new AnswerFrame(shape.text(json), shape.reasoning(json), finish, frame.text());
    }

    /** Says what a whole reply that is not streamed is. */
    public Whole whole(ByteBuffer bytes) {
        Optional<JsonNode> json = json(OUTLINE, bytes);
        if (json.isEmpty()) {
            return new Whole(false, Optional.empty(), Optional.empty(), Optional.empty());
        }
        JsonNode reply = json.get();
        if (ReplyErrors.in(reply)) {
            Optional<String> error =
                    json(bytes).flatMap(told -> Signal.error(told.toString()).error());
            return new Whole(true, error, Optional.empty(), Optional.empty());
        }
        shape.count(reply, tally);
        return new Whole(true, Optional.empty(), shape.wrongShape(reply), usage());
    }

    /** The text of a whole reply; empty if it has none. */
    public String text(ByteBuffer bytes) {
        return json(bytes).map(shape::text).orElse("");
    }

    /** One JSON document; empty if it is none, or something follows it. */
    private static Optional<JsonNode> json(ByteBuffer bytes) {
        return json(SKIM, bytes);
    }

    private static Optional<JsonNode> json(Skim skim, ByteBuffer bytes) {
        try {
            return Optional.of(skim.read(bytes)).filter(node -> !node.isMissingNode());
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
