package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Body;
import dev.signalbox.core.json.Excerpt;
import dev.signalbox.core.json.JsonIndex;
import dev.signalbox.core.json.JsonIndex.Kind;
import dev.signalbox.core.json.JsonIndex.Member;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The facts of a body that was indexed. Any thread may ask; the conversation is read on demand. */
final class BodyFacts implements Facts {

    /** Of an array or object that is read as a tree, which takes many times as much: more than anybody's tools. */
    private static final long MOST_OF_A_TREE = 2L << 20;

    private final Body body;
    private final JsonIndex index;
    private final boolean streamed;
    private final Recall recall;
    private final boolean sightsOrSounds; // asked for each target of the request, by several guards

    BodyFacts(Body body, JsonIndex index, Recall recall, boolean streamed) {
        this.body = body;
        this.index = index;
        this.streamed = streamed;
        this.recall = recall;
        this.sightsOrSounds = index.marked(Marks.SENSES) || index.filled("images");
    }

    @Override
    public JsonIndex index() {
        return index;
    }

    @Override
    public boolean streamed() {
        return streamed;
    }

    @Override
    public Conversation conversation() {
        return recall.said().conversation();
    }

    @Override
    public List<String> images() {
        return sightsOrSounds ? conversation().images() : List.of();
    }

    @Override
    public List<String> sounds() {
        return sightsOrSounds ? conversation().sounds() : List.of();
    }

    @Override
    public Optional<String> raw(String pointer) {
        recall.makeRoom(most(pointer));
        try {
            return Excerpt.at(body, index, pointer).map(bytes -> new String(bytes, UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Optional<InputStream> open(String pointer) {
        try {
            return Excerpt.open(body, index, pointer);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How many bytes the top-level member may have that a pointer leads into; the whole body's if it leads to that. */
    private long most(String pointer) {
        if (pointer.isEmpty()) {
            return body.size();
        }
        int end = pointer.indexOf('/', 1);
        String name = pointer.substring(1, end < 0 ? pointer.length() : end);
        return index.member(name).map(this::most).orElse(0L);
    }

    /** Nobody has looked for the end of a long string. */
    private long most(Member member) {
        JsonIndex.Span value = member.value();
        return (value.end() < 0 ? body.size() : value.end()) - value.start();
    }

    @Override
    public JsonNode tree(String name) {
        index.member(name).filter(BodyFacts::tooLarge).ifPresent(member -> {
            throw ReadingRefused.tooLarge(member.name(), MOST_OF_A_TREE);
        });
        try {
            return Excerpt.member(body, index, name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean tooLarge(Member member) {
        boolean nested = member.kind() == Kind.ARRAY || member.kind() == Kind.OBJECT;
        return nested && member.value().end() - member.value().start() > MOST_OF_A_TREE;
    }
}
