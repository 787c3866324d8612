package dev.signalbox.conformance;

import java.util.List;

/**
 * What a client library gives out for an answer.
 *
 * @param pieces the text; of a stream in the pieces in which it came
 * @param thought what the model thought before
 * @param calls the calls of tools
 * @param end why the answer ends there
 * @param input tokens of the question
 * @param output tokens of the answer
 */
record Told(List<String> pieces, String thought, List<Call> calls, End end, long input, long output) {

    /** One of them; the arguments are JSON. */
    record Call(String tool, String arguments) {}

    /** Why an answer ends. */
    enum End {
        STOP,
        LENGTH,
        TOOLS
    }

    Told {
        pieces = pieces.stream().filter(piece -> !piece.isEmpty()).toList();
        calls = List.copyOf(calls);
    }

    /** All of the text. */
    String text() {
        return String.join("", pieces);
    }
}
