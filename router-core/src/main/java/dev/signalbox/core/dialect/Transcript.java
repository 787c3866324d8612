package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.core.dialect.Conversation.SystemPrompt;
import dev.signalbox.spi.RequestView.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a conversation down while it is read. One thread uses it. */
final class Transcript {

    private final List<Utterance> utterances = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private final List<String> images = new ArrayList<>();
    private final List<String> sounds = new ArrayList<>();
    private final List<String> laterSystems = new ArrayList<>(0);
    private boolean begun; // somebody else than the system has spoken
    private Optional<SystemPrompt> system = Optional.empty();
    private List<Object> texts = new ArrayList<>(); // String or LateText
    private int imagesBefore;
    private long tokens;

    void text(String text) {
        if (!text.isEmpty()) {
            texts.add(text);
        }
    }

    void text(LateText text) {
        if (text.isShort()) {
            text(text.toString());
        } else {
            texts.add(text);
        }
    }

    /** So many tokens of a prompt that came as tokens. */
    void tokens(long count) {
        tokens += count;
    }

    void image(String pointer) {
        images.add(pointer);
    }

    void sound(String pointer) {
        sounds.add(pointer);
    }

    void call(String name, JsonNode arguments) {
        calls.add(new ToolCall(name, CanonicalJson.of(arguments)));
    }

    /** Ends a message: everything since the last one belongs to it. */
    void said(String role) {
        utterances.add(new Utterance(role, texts, images.size() - imagesBefore));
        texts = new ArrayList<>();
        imagesBefore = images.size();
    }

    /** Ends a message if anything was said since the last one. */
    void saidIfAnything(String role) {
        if (texts.stream().anyMatch(Transcript::says) || images.size() > imagesBefore) {
            said(role);
        }
    }

    private static boolean says(Object text) {
        return !(text instanceof LateText late && late.isEmpty());
    }

    /** Looks who speaks in a message: the system, or somebody else. */
    void speaks(String pointer, boolean isSystem) {
        if (isSystem && begun) {
            laterSystems.add(pointer);
        }
        begun |= !isSystem;
    }

    /** Remembers where the system prompt stands; the first one counts. */
    void systemAt(String pointer, boolean inParts) {
        if (system.isEmpty()) {
            system = Optional.of(new SystemPrompt(pointer, inParts));
        }
    }

    Conversation end() {
        return new Conversation(utterances, calls, images, sounds, system, laterSystems, tokens);
    }
}
