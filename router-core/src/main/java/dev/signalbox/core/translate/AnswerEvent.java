package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing that happens while a model answers. A whole answer is told as the events it consists of. Parts follow each
 * other in their order; only the pieces of several tool calls may be mixed, if the backend mixes them.
 */
public sealed interface AnswerEvent {

    /** The answer has begun: its id and the model's name in the backend's words; either may be empty. */
    record Started(String id, String model) implements AnswerEvent {}

    /** More text. */
    record Text(String text) implements AnswerEvent {}

    /** More of what the model thinks; empty where a thought begins of which there is only a signature. */
    record Thinking(String text) implements AnswerEvent {}

    /** What the thought told last is known by to the model's maker. */
    record Signature(Seal signature) implements AnswerEvent {}

    /** A thought that only the model's maker can read. */
    record Redacted(Seal data) implements AnswerEvent {}

    /** More of why the model does not do it. */
    record Refusal(String text) implements AnswerEvent {}

    /** The text or thought told last is complete: what comes is another one. Dialects without such borders do not say it. */
    record PartEnded() implements AnswerEvent {}

    /**
     * The model begins to call a tool.
     *
     * @param call which call of this answer it is, from 0
     * @param id what the backend calls it; empty if it has no name for it
     */
    record CallStarted(int call, String id, String name) implements AnswerEvent {}

    /** More of the arguments of a call: a piece of JSON text. */
    record CallArguments(int call, String json) implements AnswerEvent {}

    /** The arguments of a call are complete. Dialects without such borders do not say it. */
    record CallEnded(int call) implements AnswerEvent {}

    /** The probabilities of some words: an array, as OpenAI's chats have it. */
    record Logprobs(JsonNode tokens) implements AnswerEvent {}

    /** The model has finished. */
    record Stopped(Finish finish) implements AnswerEvent {}

    /** How many tokens there are up to now; what is known replaces what was known before. */
    record Counted(Tokens tokens) implements AnswerEvent {}

    /** The backend lives. */
    record Ping() implements AnswerEvent {}

    /** Something in the answer that the model has no word for, such as {@code citations}. */
    record Lost(String what) implements AnswerEvent {}
}
