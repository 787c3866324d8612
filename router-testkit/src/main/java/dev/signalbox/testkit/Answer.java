package dev.signalbox.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scripted runtime answers, in pieces as they are streamed.
 *
 * @param thoughts pieces of reasoning, which come first
 * @param words pieces of text
 * @param calls tool calls, which come last
 * @param finish why it ends, in the words of OpenAI: {@code stop length tool_calls}
 * @param inputTokens tokens of the prompt
 * @param outputTokens tokens of the answer
 */
public record Answer(
        List<String> thoughts, List<String> words, List<Call> calls, String finish, int inputTokens, int outputTokens) {

    /** One call of a tool; the arguments are a JSON object. */
    public record Call(String name, String arguments) {}

    public Answer {
        thoughts = List.copyOf(thoughts);
        words = List.copyOf(words);
        calls = List.copyOf(calls);
    }

    /** Text in these pieces, of 26 tokens in and as many out as there are pieces. */
    public static Answer saying(String... pieces) {
        return new Answer(List.of(), List.of(pieces), List.of(), "stop", 26, Math.max(1, pieces.length));
    }

    /** The same answer after some reasoning. */
    public Answer thinking(String... pieces) {
        return new Answer(List.of(pieces), words, calls, finish, inputTokens, outputTokens + pieces.length);
    }

    /** The same answer with one more tool call at its end. */
    public Answer calling(String tool, String arguments) {
        List<Call> more = new ArrayList<>(calls);
        more.add(new Call(tool, arguments));
        return new Answer(thoughts, words, more, "tool_calls", inputTokens, outputTokens);
    }

    /** The same answer, ending for another reason, such as {@code length}. */
    public Answer finishing(String reason) {
        return new Answer(thoughts, words, calls, reason, inputTokens, outputTokens);
    }

    /** The same answer, said to have taken so many tokens. */
    public Answer using(int input, int output) {
        return new Answer(thoughts, words, calls, finish, input, output);
    }

    /** All of its text. */
    public String text() {
        return String.join("", words);
    }

    /** All of its reasoning. */
    public String thought() {
        return String.join("", thoughts);
    }
}
