package dev.signalbox.core.dialect;

import dev.signalbox.spi.RequestView.Message;
import java.util.List;
import java.util.stream.Collectors;

/** A message of a conversation, decoded at the first question. Any thread may ask. */
final class Utterance {

    private final String role;
    private final List<Object> texts; // String or LateText, of which only the latter may say nothing
    private final int images;
    private final Lazy<String> text = new Lazy<>(this::joined);

    Utterance(String role, List<Object> texts, int images) {
        this.role = role;
        this.texts = List.copyOf(texts);
        this.images = images;
    }

    String role() {
        return role;
    }

    int images() {
        return images;
    }

    String text() {
        return text.get();
    }

    Message message() {
        return new Message(role, text(), images);
    }

    /** How many characters its text has, at most. */
    long length() {
        return texts.stream()
                .mapToLong(each -> 1
                        + (each instanceof LateText late
                                ? late.length()
                                : each.toString().length()))
                .sum();
    }

    private String joined() {
        return texts.size() == 1
                ? texts.getFirst().toString() // joining copies, also a single one
                : texts.stream()
                        .map(Object::toString)
                        .filter(said -> !said.isEmpty())
                        .collect(Collectors.joining("\n"));
    }
}
