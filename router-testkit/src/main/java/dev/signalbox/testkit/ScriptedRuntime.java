package dev.signalbox.testkit;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * What the doubles of model servers share: a {@link ScriptedServer}, the answer they give, and ways to spoil it.
 *
 * <p>Any thread may change its ways at any time; a request that has been answered already is not touched by it. Rules of
 * the {@link #server()} come before the double's own answers.
 */
public abstract class ScriptedRuntime implements AutoCloseable {

    /** An error of the runtime itself: its status and text. */
    record Refusal(int status, String message) {}

    /** An error after so many frames of a stream. */
    record Break(int frames, String message) {}

    private final ScriptedServer server = ScriptedServer.start();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile Answer answer = Answer.saying("All", " signals", " are", " green", ".");
    private volatile UnaryOperator<Reply> change = UnaryOperator.identity();
    private volatile Optional<Refusal> refusal = Optional.empty();
    private volatile Optional<Break> broken = Optional.empty();

    ScriptedRuntime() {
        server.otherwise(this::reply);
    }

    /** The server beneath, to see what was asked and to script what the double does not do by itself. */
    public final ScriptedServer server() {
        return server;
    }

    /** Where it listens. */
    public final URI uri() {
        return server.uri();
    }

    /** From now on it answers this. */
    public final void says(Answer now) {
        answer = now;
    }

    /** From now on every generation's reply is changed so before it is sent, such as {@code Reply::thenResets}. */
    public final void sends(UnaryOperator<Reply> now) {
        change = now;
    }

    /** From now on every generation ends in this error before it begins, told the way the runtime tells it. */
    public final void refuses(int status, String message) {
        refusal = Optional.of(new Refusal(status, message));
    }

    /** From now on every stream ends in an error after so many frames, told the way the runtime tells it. */
    public final void breaksAfter(int frames, String message) {
        broken = Optional.of(new Break(frames, message));
    }

    /** From now on nothing is refused or broken any more. */
    public final void recovers() {
        refusal = Optional.empty();
        broken = Optional.empty();
        change = UnaryOperator.identity();
    }

    /** Ends the server. */
    @Override
    public void close() {
        server.close();
    }

    /** The answer to any request. */
    abstract Reply reply(ReceivedRequest request) throws InterruptedException;

    final Answer answer() {
        return answer;
    }

    final Optional<Refusal> refusal() {
        return refusal;
    }

    final Reply changed(Reply reply) {
        return change.apply(reply);
    }

    final String nextId(String prefix) {
        return prefix + ids.incrementAndGet();
    }

    /** Those frames that come before the break, and what the runtime says instead of the rest. */
    final List<String> broken(List<String> frames, List<String> instead) {
        return broken.map(one -> {
                    List<String> cut = new ArrayList<>(frames.subList(0, Math.min(one.frames(), frames.size())));
                    cut.addAll(instead);
                    return cut;
                })
                .orElse(frames);
    }

    final Optional<String> breakMessage() {
        return broken.map(Break::message);
    }

    /** What a request's body says, or empty if it is not JSON. */
    static Optional<Json> body(ReceivedRequest request) {
        try {
            return Optional.of(Json.read(request.text()));
        } catch (IllegalArgumentException notJson) {
            return Optional.empty();
        }
    }
}
