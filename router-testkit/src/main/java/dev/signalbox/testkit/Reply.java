package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a scripted server answers, down to the byte and to how the connection ends. Immutable: every method returns
 * another reply.
 *
 * <p>{@snippet :
 * Gate gate = Gate.closed();
 * server.replies(Reply.events("{\"n\":1}").pause(gate).chunk("data: {\"n\":2}\n\n").thenResets());
 * }
 */
public final class Reply {

    /** How the end of the body is found. */
    enum Delimiter {
        LENGTH,
        CHUNKS,
        CLOSE,
        /** There is no head either: the bytes go out as they are. */
        NONE
    }

    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final List<Step> before;
    private final List<Step> body;
    private String version = "HTTP/1.1";
    private Delimiter delimiter = Delimiter.LENGTH;
    private Ending ending = Ending.COMPLETE;
    private boolean byteByByte;
    private boolean generates = true;
    private boolean runsOn;
    private Runnable after = () -> {};

    private Reply(int status) {
        this.status = status;
        this.headers = new ArrayList<>();
        this.before = new ArrayList<>();
        this.body = new ArrayList<>();
    }

    private Reply(Reply other) {
        this.status = other.status;
        this.headers = new ArrayList<>(other.headers);
        this.before = new ArrayList<>(other.before);
        this.body = new ArrayList<>(other.body);
        this.version = other.version;
        this.delimiter = other.delimiter;
        this.ending = other.ending;
        this.byteByByte = other.byteByByte;
        this.generates = other.generates;
        this.runsOn = other.runsOn;
        this.after = other.after;
    }

    private Reply with(Consumer<Reply> change) {
        Reply copy = new Reply(this);
        change.accept(copy);
        return copy;
    }

    /** A reply without a body. */
    public static Reply status(int status) {
        return new Reply(status);
    }

    /** A reply of {@code text/plain} with its length. */
    public static Reply text(int status, String body) {
        return status(status)
                .header("Content-Type", "text/plain; charset=utf-8")
                .chunk(body);
    }

    /** A reply of {@code application/json} with its length. */
    public static Reply json(int status, String body) {
        return status(status).header("Content-Type", "application/json").chunk(body);
    }

    /** A chunked stream of server-sent events, each in a chunk of its own. */
    public static Reply events(String... data) {
        return stream("text/event-stream")
                .chunks(Stream.of(data).map("data: %s\n\n"::formatted).toList());
    }

    /** A chunked stream of JSON lines, each in a chunk of its own. */
    public static Reply lines(String... json) {
        return stream("application/x-ndjson")
                .chunks(Stream.of(json).map("%s\n"::formatted).toList());
    }

    /** A chunked stream without any bytes yet. */
    public static Reply stream(String contentType) {
        return status(200).header("Content-Type", contentType).chunked();
    }

    /** No answer at all, and the connection stays open. */
    public static Reply stall() {
        return noise("").with(copy -> copy.ending = Ending.STALL);
    }

    /** No answer: the connection is closed without a byte. */
    public static Reply hangUp() {
        return noise("");
    }

    /** No answer: the connection is reset. */
    public static Reply reset() {
        return noise("").thenResets();
    }

    /** These bytes in place of an HTTP reply, then the end of the connection. */
    public static Reply noise(String bytes) {
        return status(0).with(copy -> copy.delimiter = Delimiter.NONE).chunk(bytes);
    }

    /** Adds a header; one of the same name stays. */
    public Reply header(String name, String value) {
        return with(copy -> copy.headers.add(Map.entry(name, value)));
    }

    /** Answers as an HTTP/1.0 server: the end of the connection is the end of the body. */
    public Reply http10() {
        return untilClose().with(copy -> copy.version = "HTTP/1.0");
    }

    /** Sends a {@code Content-Length}; this is how a reply is unless told otherwise. */
    public Reply sized() {
        return with(copy -> copy.delimiter = Delimiter.LENGTH);
    }

    /** Sends each piece of the body as one chunk. */
    public Reply chunked() {
        return with(copy -> copy.delimiter = Delimiter.CHUNKS);
    }

    /** Sends no length: the end of the connection is the end of the body. */
    public Reply untilClose() {
        return with(copy -> copy.delimiter = Delimiter.CLOSE);
    }

    /** Adds a piece of the body; it goes out as soon as it is its turn. */
    public Reply chunk(String text) {
        return chunk(text.getBytes(UTF_8));
    }

    /** Adds a piece of the body; it goes out as soon as it is its turn. */
    public Reply chunk(byte[] bytes) {
        return bytes.length == 0 ? this : with(copy -> copy.body.add(new Step.Send(bytes.clone())));
    }

    /** Adds pieces of the body. */
    public Reply chunks(List<String> texts) {
        return with(copy -> texts.forEach(text -> copy.body.add(new Step.Send(text.getBytes(UTF_8)))));
    }

    /** Waits at the gate before it goes on with the body; the head is out by then. */
    public Reply pause(Gate gate) {
        return with(copy -> copy.body.add(new Step.Stand(gate)));
    }

    /** Waits at the gate before the head, as a server that loads a model does. */
    public Reply headWaitsFor(Gate gate) {
        return with(copy -> copy.before.add(new Step.Stand(gate)));
    }

    /** Sends an interim head first, such as 103; may be said several times. */
    public Reply informs(int interimStatus) {
        return with(copy -> copy.before.add(new Step.Inform(interimStatus)));
    }

    /** Lets that much time pass before each piece of the body scripted so far. The only way to make a server slow. */
    public Reply paced(Duration pause) {
        return with(copy -> copy.replaceBody(copy.body.stream()
                .flatMap(step -> step instanceof Step.Send ? Stream.of(new Step.Pause(pause), step) : Stream.of(step))
                .toList()));
    }

    /** Cuts the body scripted so far into pieces of that many bytes, wherever frames and characters end. */
    public Reply split(int size) {
        return with(copy -> copy.replaceBody(copy.body.stream()
                .flatMap(step -> step instanceof Step.Send send ? send.pieces(size) : Stream.of(step))
                .toList()));
    }

    /** Keeps the first so many pieces of the body scripted so far, to break off or fall silent after them. */
    public Reply first(int pieces) {
        return with(copy -> copy.replaceBody(copy.body.stream().limit(pieces).toList()));
    }

    /** Writes every byte, those of the head too, by itself. */
    public Reply byteByByte() {
        return with(copy -> copy.byteByByte = true);
    }

    /** Breaks off before the end: less than the announced length, or no last chunk. */
    public Reply thenTruncates() {
        return with(copy -> copy.ending = Ending.TRUNCATE);
    }

    /** Resets the connection before the end. */
    public Reply thenResets() {
        return with(copy -> copy.ending = Ending.RESET);
    }

    /** Falls silent before the end; the connection stays open. */
    public Reply thenStalls() {
        return with(copy -> copy.ending = Ending.STALL);
    }

    /** Closes the connection after a complete reply without having said so. */
    public Reply thenCloses() {
        return with(copy -> copy.ending = Ending.CLOSE);
    }

    /** Closes its half of the connection after a complete reply and goes on reading. */
    public Reply thenHalfCloses() {
        return with(copy -> copy.ending = Ending.HALF_CLOSE);
    }

    /** Is no generation, so {@link ScriptedServer#mostAtOnce()} does not count it. */
    public Reply noGeneration() {
        return with(copy -> copy.generates = false);
    }

    /** Goes on waiting at its gates although the client has left, as a runtime does that computes to the end. */
    public Reply runsOn() {
        return with(copy -> copy.runsOn = true);
    }

    /** Does something when it is over, however it ended. */
    public Reply whenOver(Runnable action) {
        return with(copy -> copy.after = action);
    }

    void over() {
        after.run();
    }

    int status() {
        return status;
    }

    String version() {
        return version;
    }

    Delimiter delimiter() {
        return delimiter;
    }

    List<Map.Entry<String, String>> headers() {
        return headers;
    }

    List<Step> before() {
        return before;
    }

    List<Step> body() {
        return body;
    }

    Ending ending() {
        return ending;
    }

    boolean isByteByByte() {
        return byteByByte;
    }

    boolean generates() {
        return generates;
    }

    boolean runsToItsEnd() {
        return runsOn;
    }

    /** Whether the connection can stay open behind it, for all that the reply says. */
    boolean keepsAlive() {
        boolean delimited = delimiter == Delimiter.LENGTH || delimiter == Delimiter.CHUNKS;
        boolean close = headers.stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("connection")
                        && header.getValue().equalsIgnoreCase("close"));
        return delimited && !close;
    }

    private void replaceBody(List<Step> steps) {
        body.clear();
        body.addAll(steps);
    }
}
