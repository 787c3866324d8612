package dev.signalbox.core.dialect;

import dev.signalbox.api.RouteRequest;
import dev.signalbox.core.json.BadJson;
import dev.signalbox.core.json.JsonIndex;
import dev.signalbox.core.json.JsonIndex.Kind;
import dev.signalbox.core.json.JsonIndex.Member;
import dev.signalbox.core.json.Scan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the facts of a request in one pass over its body. Safe for any thread. */
public final class RequestReader {

    /** How many characters a model's name may have. */
    static final int LONGEST_NAME = 512;

    private static final Scan SCAN = new Scan(
            Set.of(
                    "model",
                    "profile",
                    "reasoning_effort",
                    "tool_choice",
                    "format",
                    "think",
                    "task_type",
                    "urgency",
                    "role"),
            Map.of(
                    "messages", Marks.SAID,
                    "input", Marks.SAID,
                    "system", Marks.CACHE,
                    "tools", Marks.CACHE));

    private RequestReader() {}

    /**
     * Reads a request; its body is read from start to end once and stays as it is.
     *
     * @param readings what its texts may take of the memory
     * @throws BadRequest if the body is not one JSON object, or a member the router reads has the wrong type
     * @throws IOException if the body cannot be read
     */
    public static ParsedRequest read(RouteRequest request, Readings readings) throws BadRequest, IOException {
        RequestShape shape = RequestShape.of(request.dialect());
        if (request.body().size() > shape.most()) {
            throw BadRequest.tooLarge("The body has %,d bytes; of the dialect %s at most %,d are taken"
                    .formatted(request.body().size(), request.dialect(), shape.most()));
        }
        JsonIndex index = index(request);
        String model = text(index, "model", "qwen3:8b").strip();
        String profile = text(index, "profile", "coding").strip();
        ParsedRequest read = new ParsedRequest(request, index, shape, model, profile, streamed(index, shape), readings);
        try {
            read.check();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        return read;
    }

    private static JsonIndex index(RouteRequest request) throws BadRequest, IOException {
        try {
            return SCAN.read(request.body());
        } catch (BadJson bad) {
            throw new BadRequest(bad.code(), String.valueOf(bad.getMessage()));
        }
    }

    private static String text(JsonIndex index, String name, String example) throws BadRequest {
        Optional<Member> member = index.present(name);
        if (member.isPresent() && member.get().kind() != Kind.STRING) {
            throw BadRequest.member(
                    name,
                    "it is %s; a string such as \"%s\" is expected"
                            .formatted(member.get().kind().inWords(), example));
        }
        String text = member.map(Member::text).orElse("");
        if (text.length() > LONGEST_NAME) {
            throw BadRequest.member(
                    name, "it has %,d characters; at most %d are taken".formatted(text.length(), LONGEST_NAME));
        }
        return text;
    }

    private static boolean streamed(JsonIndex index, RequestShape shape) throws BadRequest {
        Optional<Member> member = index.present("stream");
        if (member.isEmpty()) {
            return shape.streamsByDefault();
        }
        return switch (member.get().kind()) {
            case TRUE -> true;
            case FALSE -> false;
            default ->
                throw BadRequest.member(
                        "stream",
                        "it is %s; true or false is expected"
                                .formatted(member.get().kind().inWords()));
        };
    }
}
