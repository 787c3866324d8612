package dev.signalbox.backend.http;

import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import dev.signalbox.backend.http.Blocks.Block;
import dev.signalbox.backend.http.Blocks.Paper;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RequestView.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Edits inside the messages of a chat. The messages are looked at as text first, so that a conversation in which there
 * is nothing to change costs next to nothing. For one thread.
 */
public final class MessageEdits {

    /** Beyond this the messages are read without their images first, and taken into memory only if that seems worth it. */
    private static final long LARGE = 1024L * 1024;

    private static final Pattern DEVELOPER = Pattern.compile("\"role\"\\s*+:\\s*+\"developer\"");
    private static final Pattern REASONING = Pattern.compile("\"reasoning_content\"\\s*+:");
    private static final Pattern UNSIGNED = Pattern.compile("\"signature\"\\s*+:\\s*+\"\"");
    private static final Pattern NULL_CONTENT = Pattern.compile("\"content\"\\s*+:\\s*+null");
    private static final int LONGEST_NAME = 40;

    /** Nobody means so many: what is beyond them is the server's to judge. */
    private static final int MOST = 100_000;

    private final String messages;

    private MessageEdits(String messages) {
        this.messages = messages;
    }

    /** Edits for the member {@code messages}; in a large request only what messages without a text may need is found. */
    public static MessageEdits of(RequestView request) {
        boolean looksWorthIt =
                request.size() <= LARGE || request.messages().stream().anyMatch(MessageEdits::maybe);
        return new MessageEdits(looksWorthIt ? request.raw("/messages").orElse("") : "");
    }

    /** Edits for the member {@code messages}, however large it is: it is taken into memory. */
    public static MessageEdits ofAll(RequestView request) {
        return new MessageEdits(request.raw("/messages").orElse(""));
    }

    private static boolean maybe(Message message) {
        return message.role().equals("developer") || (message.text().isEmpty() && message.images() == 0);
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
            String place = "/messages/" + index;
            List<Edit> edits = new ArrayList<>(2);
            if (message.thought().there()) {
                edits.add(Edit.remove(place + "/reasoning_content"));
            }
            if (!message.thought().text().isEmpty() && !message.thought().twice()) {
                String json = JsonText.quote(message.thought().text());
                edits.add(
                        message.thought().newer()
                                ? Edit.replace(place + "/reasoning", json)
                                : Edit.insert(place + "/reasoning", json));
            }
            return edits;
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
            String text = Glance.text(messages, paper.at());
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
        if (!sign.matcher(messages).find()) {
            return List.of();
        }
        List<Edit> edits = new ArrayList<>();
        try {
            Glance.at(messages, (message, index) -> {
                if (edits.size() < MOST) {
                    edits.addAll(change.of(message, index));
                }
            });
            return edits;
        } catch (IOException odd) { // such as a number of a thousand digits: left as it is
            return List.of();
        }
    }
}
