package dev.signalbox.api;

/**
 * One frame of an answer, read the same way in every dialect.
 *
 * @param text what it adds to the answer's text; empty if nothing
 * @param reasoning what it adds to the reasoning; empty if nothing
 * @param finish why the answer ended, as the runtime said it; empty if it goes on
 * @param raw the frame as it came, for whatever is not named here
 */
public record AnswerFrame(String text, String reasoning, String finish, String raw) {}
