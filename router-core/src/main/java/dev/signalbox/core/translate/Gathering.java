package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a whole answer of the events of one. One thread uses it. */
public final class Gathering implements Consumer<AnswerEvent> {

    private final Origin nowhere;
    private final List<Piece> pieces = new ArrayList<>();
    private final ArrayNode logprobs = JsonNodeFactory.instance.arrayNode();
    private Finish finish = Finish.of(Finish.Reason.OTHER, "");
    private Tokens tokens = Tokens.UNKNOWN;
    private boolean open;

    /** An answer in that dialect. */
    public Gathering(Dialect dialect) {
        this.nowhere = Origin.at(dialect, "");
    }

    /** What kind of part a piece becomes. */
    private enum Kind {
        TEXT,
        THINKING,
        REDACTED,
        REFUSAL,
        CALL
    }

    /** A part that still grows. */
    private static final class Piece {
        private final Kind kind;
        private final int call;
        private final String id;
        private final String name;
        private final StringBuilder words = new StringBuilder();
        private final StringBuilder signature = new StringBuilder(0);

        Piece(Kind kind, int call, String id, String name) {
            this.kind = kind;
            this.call = call;
            this.id = id;
            this.name = name;
        }
    }

    @Override
    public void accept(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Text more -> grow(Kind.TEXT, more.text());
            case AnswerEvent.Thinking more -> grow(Kind.THINKING, more.text());
            case AnswerEvent.Refusal more -> grow(Kind.REFUSAL, more.text());
            case AnswerEvent.Signature signature -> sign(signature.signature().data());
            case AnswerEvent.Redacted redacted ->
                add(Kind.REDACTED).words.append(redacted.data().data());
            case AnswerEvent.PartEnded ignored -> open = false;
            case AnswerEvent.CallStarted call -> pieces.add(new Piece(Kind.CALL, call.call(), call.id(), call.name()));
            case AnswerEvent.CallArguments more -> call(more);
            case AnswerEvent.Logprobs more -> more.tokens().forEach(logprobs::add);
            case AnswerEvent.Stopped stopped -> finish = stopped.finish();
            case AnswerEvent.Counted counted -> tokens = counted.tokens().after(tokens);
            default -> {} // says nothing of the answer itself
        }
    }

    private void grow(Kind kind, String more) {
        boolean same = open && !pieces.isEmpty() && pieces.getLast().kind == kind;
        (same ? pieces.getLast() : add(kind)).words.append(more);
    }

    private Piece add(Kind kind) {
        Piece piece = new Piece(kind, -1, "", "");
        pieces.add(piece);
        open = true;
        return piece;
    }

    private void sign(String signature) {
        for (Piece piece : pieces.reversed()) {
            if (piece.kind == Kind.THINKING) {
                piece.signature.append(signature);
                open &= pieces.getLast() != piece; // a thought that is signed is complete
                return;
            }
        }
        add(Kind.THINKING).signature.append(signature);
    }

    private void call(AnswerEvent.CallArguments more) {
        for (Piece piece : pieces.reversed()) {
            if (piece.kind == Kind.CALL && piece.call == more.call()) {
                piece.words.append(more.json());
                return;
            }
        }
    }

    /** The answer, now that everything was told. */
    public Answer answer() {
        return new Answer(
                pieces.stream().map(this::part).toList(),
                finish,
                tokens,
                logprobs.isEmpty() ? Optional.empty() : Optional.of(logprobs));
    }

    private Part part(Piece piece) {
        String words = piece.words.toString();
        return switch (piece.kind) {
            case TEXT -> new Part.Text(words, nowhere);
            case THINKING -> new Part.Thinking(words, seal(piece.signature), nowhere);
            case REDACTED -> new Part.Redacted(seal(piece.words), nowhere);
            case REFUSAL -> new Part.Refusal(words, nowhere);
            case CALL -> new Part.ToolCall(piece.id, piece.name, words, nowhere);
        };
    }

    private Seal seal(CharSequence data) {
        return new Seal(nowhere.dialect(), data.toString());
    }
}
