package dev.signalbox.core.dialect;

import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import dev.signalbox.core.dialect.Conversation.SystemPrompt;
import java.util.List;

/** Adds an instruction to a system prompt, whatever form that has. */
final class Instruction {

    private Instruction() {}

    /** At the end of a system prompt that is there. */
    static List<Edit> append(Facts facts, SystemPrompt prompt, String partType, String text) {
        if (prompt.inParts()) {
            return List.of(Edit.insert(prompt.pointer() + "/-", part(partType, text)));
        }
        String written = facts.raw(prompt.pointer()).orElse("null");
        return List.of(Edit.replace(prompt.pointer(), extended(written, text)));
    }

    /** As a member that is not there, or is null. */
    static List<Edit> member(Facts facts, String name, String text) {
        boolean there = facts.index().member(name).isPresent();
        String json = JsonText.quote(text);
        return List.of(there ? Edit.replace("/" + name, json) : Edit.insert("/" + name, json));
    }

    /** A part of a message. */
    static String part(String type, String text) {
        return "{\"type\":\"%s\",\"text\":%s}".formatted(type, JsonText.quote(text));
    }

    /** The JSON string as it was written, with a paragraph more. */
    private static String extended(String written, String text) {
        boolean empty = !written.startsWith("\"") || written.equals("\"\"");
        String begun = empty ? "\"" : written.substring(0, written.length() - 1);
        return begun + JsonText.quote(empty ? text : "\n\n" + text).substring(1);
    }
}
