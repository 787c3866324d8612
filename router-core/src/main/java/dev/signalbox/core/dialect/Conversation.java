package dev.signalbox.core.dialect;

import dev.signalbox.spi.RequestView.ToolCall;
import java.util.List;
import java.util.Optional;

/**
 * What is said in a request, without the bytes of images.
 *
 * @param utterances the messages in order
 * @param calls the tool calls in order
 * @param images JSON Pointers to the images
 * @param sounds JSON Pointers to the audio inputs
 * @param system where the system prompt stands, if there is one
 * @param laterSystems JSON Pointers to the messages in which the system speaks after somebody else has
 * @param tokens how many tokens came as such, instead of text
 */
record Conversation(
        List<Utterance> utterances,
        List<ToolCall> calls,
        List<String> images,
        List<String> sounds,
        Optional<SystemPrompt> system,
        List<String> laterSystems,
        long tokens) {

    /**
     * Where the system prompt stands.
     *
     * @param pointer JSON Pointer to its text or to the array of its parts
     * @param inParts whether it is an array of parts
     */
    record SystemPrompt(String pointer, boolean inParts) {}

    Conversation {
        utterances = List.copyOf(utterances);
        calls = List.copyOf(calls);
        images = List.copyOf(images);
        sounds = List.copyOf(sounds);
        laterSystems = List.copyOf(laterSystems);
    }
}
