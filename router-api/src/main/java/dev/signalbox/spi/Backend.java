package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An inference server the router can ask. One instance serves many requests at once. */
public interface Backend extends AutoCloseable {

    /** The shapes this type of server can speak; a probe may narrow them for one server or model. Never changes. */
    Set<Dialect> dialects();

    /**
     * The changes a request needs before this server takes it: what the runtime cannot read, what configuration adds.
     *
     * <p>Pure, no I/O; called once for each attempt, before {@link #exchange}. The engine makes the edits together with
     * its own, after them, and tells the client what they drop. {@code /model} holds the listed name by then; it is
     * replaced here only where the server goes by another name than the one it lists.
     *
     * @param request the request, in a dialect of {@link #dialects}
     * @param model the model it goes to
     */
    default List<Edit> edits(RequestView request, String model) {
        return List.of();
    }

    /**
     * With which context this server would have the model loaded for a request, in tokens; empty where the request changes
     * nothing of that. Pure, no I/O.
     *
     * @param request the request, as the client says it
     * @param spoken the dialect in which it would be sent
     * @param model the model it goes to
     */
    default OptionalLong contextWanted(RequestView request, Dialect spoken, String model) {
        return OptionalLong.empty();
    }

    /**
     * Whether this server keeps one model in memory, and puts another one in its place by itself when a request wants that.
     * May be asked at any time.
     */
    default boolean keepsOne() {
        return false;
    }

    /**
     * Whether a name that a client writes means a model of this server; the listed name is what is sent. Pure.
     *
     * @param asked what the client wrote
     * @param listed a name that the server lists or the configuration gives
     */
    default boolean means(String asked, String listed) {
        return asked.equals(listed);
    }

    /**
     * Sends one request and returns the reply as soon as its head is there.
     *
     * <p>Return for a 2xx only; throw for everything else, saying what kind of failure it is. Closing the reply or
     * cancelling the call, from any thread and at any time, ends the generation and frees a blocked reader at once.
     * Blocks no longer than {@code call.deadline()}. Does not try again by itself, but for a pooled connection that
     * turned out to be dead before a byte of a reply came.
     *
     * @throws BackendException if there is no answer to hand over; its kind decides what happens next
     * @throws InterruptedException if the thread is interrupted; the generation is ended
     */
    BackendReply exchange(BackendCall call) throws BackendException, InterruptedException;

    /**
     * Classifies what the server said went wrong. Also asked for an error frame inside a 200. Pure.
     *
     * @param status the HTTP status it came with
     * @param error the error object, frame or text as it came, at most 64 KiB
     */
    default Failure read(int status, String error) {
        return Failure.ofStatus(status, error);
    }

    /** Whether closing a reply ends the generation; if not, a place given back early stays taken for a while. */
    default boolean stopsOnClose() {
        return true;
    }

    /**
     * Looks how the server is. Never loads a model and costs the server next to nothing.
     *
     * <p>The engine calls it at the start and then every 30 s or so, never twice at once, and ends it at the deadline.
     *
     * @throws BackendException if nobody answers, or not as a server of this type would
     */
    default BackendStatus probe(Deadline deadline) throws BackendException, InterruptedException {
        return BackendStatus.unknown();
    }

    /**
     * An optional ability, or empty: {@link ModelCatalog}, {@link ModelLifecycle}, {@link LoadSignal}, {@link TokenCounter}
     * … Always the same answer, though what it was told of a server by a probe may let it do nothing.
     */
    default <A> Optional<A> ability(Class<A> type) {
        return Optional.empty();
    }

    /** The machine it runs on, as its address says; backends of one host share its memory. */
    default Optional<String> host() {
        return Optional.empty();
    }

    /** Ends what is open. Called once, when nothing is in flight any more or has to end. */
    @Override
    default void close() {}
}
