package dev.signalbox.core.dialect;

import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import dev.signalbox.core.dialect.Conversation.SystemPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes a system prompt, whatever form that has. */
final class Instruction {

    private static final String EMPTY = "\"\"";

    private Instruction() {}

    /**
     * Does to a system prompt what a directive says.
     *
     * @param before edits that are made already: what they have made of the prompt is not lost
     */
    static List<Edit> direct(Facts facts, RequestShape shape, Directive directive, List<Edit> before) {
        Optional<SystemPrompt> prompt = facts.conversation().system();
        if (prompt.isEmpty()) {
            return shape.beginInstruction(facts, directive.alone()).stream()
                    .map(edit -> onTop(edit, directive, before))
                    .toList();
        }
        return prompt.get().inParts()
                ? parts(prompt.get(), shape.partType(), directive)
                : List.of(text(facts, prompt.get(), directive, before));
    }

    private static List<Edit> parts(SystemPrompt prompt, String type, Directive directive) {
        if (!directive.replace().isEmpty()) {
            return List.of(Edit.replace(prompt.pointer(), "[" + part(type, directive.alone()) + "]"));
        }
        List<Edit> edits = new ArrayList<>(2);
        if (!directive.prepend().isEmpty()) {
            edits.add(Edit.insert(prompt.pointer() + "/0", part(type, directive.prepend())));
        }
        if (!directive.append().isEmpty()) {
            edits.add(Edit.insert(prompt.pointer() + "/-", part(type, directive.append())));
        }
        return edits;
    }

    private static Edit text(Facts facts, SystemPrompt prompt, Directive directive, List<Edit> before) {
        String written = made(prompt.pointer(), before)
                .orElseGet(() -> facts.raw(prompt.pointer()).orElse(EMPTY));
        return Edit.replace(prompt.pointer(), extended(written, directive));
    }

    /** Somebody else may have begun a prompt where there was none. */
    private static Edit onTop(Edit edit, Directive directive, List<Edit> before) {
        boolean member = edit.pointer().lastIndexOf('/') == 0; // an element of an array is one of several
        Optional<String> made = member ? made(edit.pointer(), before) : Optional.empty();
        return made.map(written -> new Edit(edit.action(), edit.pointer(), extended(written, directive), edit.drops()))
                .orElse(edit);
    }

    private static Optional<String> made(String pointer, List<Edit> before) {
        return before.reversed().stream()
                .filter(edit -> edit.pointer().equals(pointer) && edit.json().startsWith("\""))
                .findFirst()
                .map(Edit::json);
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

    /** The JSON string as it was written, with paragraphs before and after it, or another one in its place. */
    private static String extended(String written, Directive directive) {
        boolean empty = !written.startsWith("\"") || written.equals(EMPTY);
        String kept = empty ? "" : written.substring(1, written.length() - 1);
        String middle = directive.replace().isEmpty() ? kept : inside(directive.replace());
        return "\"" + paragraphs(paragraphs(inside(directive.prepend()), middle), inside(directive.append())) + "\"";
    }

    private static String paragraphs(String first, String second) {
        return first + (first.isEmpty() || second.isEmpty() ? "" : "\\n\\n") + second;
    }

    private static String inside(String text) {
        String quoted = JsonText.quote(text);
        return quoted.substring(1, quoted.length() - 1);
    }
}
