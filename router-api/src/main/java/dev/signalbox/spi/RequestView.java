package dev.signalbox.spi;

import dev.signalbox.api.Caller;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.Headers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A request, read the same way whatever its dialect. Made by the engine; what needs the whole body is read on first
 * demand, once, and kept. Any thread may ask.
 */
public interface RequestView {

    /**
     * One message of the conversation.
     *
     * @param role {@code system developer user assistant tool}, as the client's dialect calls it
     * @param text its text parts, joined by line feeds
     * @param images how many images it holds
     */
    record Message(String role, String text, int images) {}

    /**
     * One tool call that the conversation holds.
     *
     * @param name the tool's name
     * @param arguments its arguments as canonical JSON: members sorted by name, no space
     */
    record ToolCall(String name, String arguments) {}

    /** The client's dialect. */
    Dialect dialect();

    /** What the client wrote in {@code model}, without surrounding space; empty if it wrote nothing. */
    String model();

    /** Whether the client asked for frames, by its dialect's own default. */
    boolean streamed();

    /** The body's size in bytes. */
    long size();

    /** The client's headers. Never to be logged: they hold credentials. */
    Headers headers();

    /** Who asks. */
    Caller caller();

    /** The messages in order, the system prompt first wherever the dialect keeps it. */
    List<Message> messages();

    /** The text of the last message of role {@code user}; empty if there is none. */
    String lastUserText();

    /** The texts of all messages, joined by line feeds. */
    String wholeText();

    /** The names of the tools the client offers. */
    List<String> tools();

    /** The tool calls of the conversation in order. */
    List<ToolCall> toolCalls();

    /** How many images the whole conversation holds. */
    int images();

    /** What the request surely needs, from its shape: {@code chat}, {@code tools}, {@code vision} … */
    Set<Capability> needs();

    /**
     * About how many tokens the prompt has; an estimate, cheap after the first time and the same whatever the model. What
     * one target takes is told by {@link Candidate#approximateTokens}.
     */
    long approximateTokens();

    /**
     * How many tokens the prompt cannot have more of, whatever the model, without reading it: no text has more tokens than
     * bytes. Empty if there is an image, of which a few bytes may tell the address. What else is only named, such as a
     * document by its address, and what servers add by themselves is not in it, as it is not in
     * {@link #approximateTokens}.
     */
    default OptionalLong mostTokens() {
        return images() > 0 ? OptionalLong.empty() : OptionalLong.of(size());
    }

    /** The most tokens the client wants one answer to have; empty if it did not say. */
    OptionalLong maxTokens();

    /** How many answers are made for the client, one or more: each may have {@link #maxTokens}. */
    default long answers() {
        return 1;
    }

    /**
     * What ties the request to earlier ones, as the client says: the header {@code X-Signalbox-Session}, else
     * {@code prompt_cache_key}, {@code user}, {@code safety_identifier} or {@code metadata.user_id} of the body. Empty if
     * it says nothing.
     */
    default String session() {
        return "";
    }

    /** The names of the body's top-level members in order. */
    List<String> members();

    /** The JSON text at a JSON Pointer, as it was written; empty if nothing is there. */
    Optional<String> raw(String pointer);

    /**
     * The same as a stream of UTF-8, for what may be too large to hold; the caller closes it. The engine holds nothing of it
     * in memory and reads it again each time.
     */
    default Optional<InputStream> open(String pointer) {
        return raw(pointer).map(json -> new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a top-level member is there and {@code null}. */
    default boolean isNull(String member) {
        String name = member.replace("~", "~0").replace("/", "~1");
        return raw("/" + name).filter("null"::equals).isPresent();
    }

    /** The edits that add an instruction to the model, in this dialect: at the end of the system prompt. */
    List<Edit> appendInstruction(String text);

    /** The edits that make the request do without a capability; empty if there is nothing to take out. */
    List<Edit> drop(Capability capability);
}
