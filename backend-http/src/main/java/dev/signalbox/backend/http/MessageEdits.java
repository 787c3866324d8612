package dev.signalbox.backend.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import dev.signalbox.backend.http.Blocks.Block;
import dev.signalbox.backend.http.Blocks.Paper;
import dev.signalbox.backend.http.Glance.Thought;
import dev.signalbox.spi.RequestView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Edits inside the messages of a chat. They are looked at as text first, so that a conversation in which there is nothing
 * to change costs next to nothing; those of a large request are gone through where they are. For one thread.
 */
public final class MessageEdits {

    private static final Pattern DEVELOPER = Pattern.compile("\"role\"\\s*+:\\s*+\"developer\"");
    private static final Pattern REASONING = Pattern.compile("\"reasoning_content\"\\s*+:");
    private static final Pattern UNSIGNED = Pattern.compile("\"signature\"\\s*+:\\s*+\"\"");
    private static final Pattern NULL_CONTENT = Pattern.compile("\"content\"\\s*+:\\s*+null");
    private static final int LONGEST_NAME = 40;

    /** Nobody means so many: what is beyond them is the server's to judge. */
    private static final int MOST = 100_000;

    private final Messages messages;

    private MessageEdits(Messages messages) {
        this.messages = messages;
    }

    /** Edits for the member {@code messages}. */
    public static MessageEdits of(RequestView request) {
        return new MessageEdits(Messages.of(request));
    }

    /** Calls the role {@code developer} by its older name {@code system}, which is all that most chat templates know. */
    public List<Edit> developerAsSystem() {
        return each(
                DEVELOPER,
                (message, index) -> message.developer() ? List.of(says(index, "role", "system")) : List.of());
    }

    /** Makes a {@code content} of {@code null} an empty text, but beside tool calls. */
    public List<Edit> emptyForNull() {
        return each(
                NULL_CONTENT,
                (message, index) ->
                        message.empty() && !message.calls() ? List.of(says(index, "content", "")) : List.of());
    }

    private static Edit says(int index, String member, String text) {
        return Edit.replace("/messages/%d/%s".formatted(index, member), JsonText.quote(text));
    }

    /** Takes out what the model thought, which some servers refuse to hear again; the client is told. */
    public List<Edit> withoutReasoning() {
        return each(
                REASONING,
                (message, index) -> message.thought().there()
                        ? List.of(lost("/messages/" + index + "/reasoning_content"))
                        : List.of());
    }

    /** Gives what the model thought its newer name {@code reasoning}, for servers that read no other. */
    public List<Edit> reasoningByNewerName() {
        return each(REASONING, (message, index) -> {
            Thought thought = message.thought();
            String older = "/messages/" + index + "/reasoning_content";
            if (!thought.there()) {
                return List.of();
            }
            if (!thought.said() || thought.twice()) {
                return List.of(Edit.remove(older));
            }
            Edit renamed = Edit.rename(older, "reasoning");
            return thought.newer()
                    ? List.of(Edit.remove("/messages/" + index + "/reasoning"), renamed)
                    : List.of(renamed);
        });
    }

    /**
     * Takes out thoughts that nobody has signed, which Anthropic itself refuses: they come of a server that signs none, which
     * the conversation went to before. A message of nothing else goes with them; the client is told.
     */
    public List<Edit> withoutUnsignedThoughts() {
        return each(UNSIGNED, (message, index) -> without(Block::isUnsigned, message, index));
    }

    /**
     * Puts words where blocks stand that a server does not know, some of which it would refuse and others pass over without a
     * word: those of a document that has no others, else what was there. Thoughts that only their maker can read are taken out,
     * and a message of nothing else with them. The client is told of what is lost.
     */
    public List<Edit> only(KnownBlocks known) {
        return each(known.sign(), (message, index) -> {
            List<Edit> edits = new ArrayList<>(without(Block::isLocked, message, index));
            known.unknown(message, block -> {
                if (!block.isLocked()) {
                    edits.add(stands("/messages/" + index + block.place(), block));
                }
            });
            return edits;
        });
    }

    private Edit stands(String pointer, Block block) {
        if (block.isWords()) {
            return inWords(pointer, words(block.paper()));
        }
        String what = block.type().length() <= LONGEST_NAME ? block.type() : "block";
        return inWords(pointer, "[%s removed]".formatted(what)).dropping(what);
    }

    private static Edit inWords(String pointer, String words) {
        return Edit.replace(pointer, "{\"type\":\"text\",\"text\":" + JsonText.quote(words) + "}");
    }

    private String words(Paper paper) {
        try {
            String text = messages.text(paper.at());
            return paper.title().isEmpty() ? text : paper.title() + "\n\n" + text;
        } catch (IOException never) { // it was read before
            throw new UncheckedIOException(never);
        }
    }

    private static List<Edit> without(Predicate<Block> thoughts, Glance message, int index) {
        String place = "/messages/" + index;
        List<Block> out = message.blocks().of(thoughts);
        boolean all = !out.isEmpty() && out.size() == message.blocks().count();
        return all
                ? List.of(lost(place))
                : out.stream().map(block -> lost(place + block.place())).toList();
    }

    private static Edit lost(String pointer) {
        return Edit.remove(pointer).dropping("reasoning");
    }

    /** What is to be changed in one message. */
    @FunctionalInterface
    private interface Change {
        List<Edit> of(Glance message, int index);
    }

    private List<Edit> each(Pattern sign, Change change) {
        if (!messages.mayHold(sign)) {
            return List.of();
        }
        List<Edit> edits = new ArrayList<>();
        try (JsonParser parser = messages.parser()) {
            Glance.at(parser, (message, index) -> {
                if (edits.size() < MOST) {
                    edits.addAll(change.of(message, index));
                }
            });
            return edits;
        } catch (JsonProcessingException odd) { // such as a number of a thousand digits: left as it is
            return List.of();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
