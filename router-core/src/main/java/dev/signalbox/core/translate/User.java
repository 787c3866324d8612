package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Who asks, in words of the client's own.
 *
 * @param name the word that most dialects have for it
 * @param safety the newer one, which is there to tell who misuses a model
 */
public record User(Optional<String> name, Optional<String> safety) {

    /** Nothing is said of it. */
    public static final User UNSAID = new User(Optional.empty(), Optional.empty());

    /** Reads both words of OpenAI's dialects. */
    static User read(Spot request) throws Malformed {
        return new User(
                request.at("user").maybeText(), request.at("safety_identifier").maybeText());
    }

    /** Says both words of OpenAI's dialects. */
    void write(ObjectNode said) {
        name.ifPresent(word -> said.put("user", word));
        safety.ifPresent(word -> said.put("safety_identifier", word));
    }

    /** The one word for it, where a dialect has no more. */
    Optional<String> one(Losses losses) {
        if (name.isPresent() && safety.isPresent()) {
            losses.lose("safety_identifier", "/safety_identifier");
        }
        return name.or(() -> safety);
    }

    /** It cannot be said; that is a hint in every dialect that has it. */
    void lose(Losses losses) {
        name.ifPresent(word -> losses.lose("user", "/user"));
        safety.ifPresent(word -> losses.lose("safety_identifier", "/safety_identifier"));
    }
}
