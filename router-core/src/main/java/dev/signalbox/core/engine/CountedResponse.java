package dev.signalbox.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The answer to how long a prompt is: a document that is whole when it is made. Nothing has to be given back; the request
 * is over with it.
 */
record CountedResponse(Journey journey, Target target, Headers headers, String json) implements RoutedResponse {

    private static final Headers COUNTED = Headers.of("Content-Type", "application/json");
    private static final Headers ESTIMATED = COUNTED.with("X-Signalbox-Estimated", "tokens");

    /** What a target has counted. */
    static CountedResponse counted(Journey journey, Target target, long tokens) {
        journey.trace().step(target, "answered", "", "counted, without taking a place");
        return of(journey, target, COUNTED, tokens);
    }

    /** What the engine makes of it where no target could count. */
    static CountedResponse estimated(Journey journey, Target target) {
        journey.trace().step(target, "answered", "engine", "estimated: no target that is loaded could count");
        return of(journey, target, ESTIMATED, journey.request().approximateTokens());
    }

    private static CountedResponse of(Journey journey, Target target, Headers headers, long tokens) {
        CountedResponse response = new CountedResponse(
                journey, target, ReplyHeaders.of(journey, headers), "{\"input_tokens\": %d}".formatted(tokens));
        journey.finish(RouteTrace.Outcome.ANSWERED, Optional.empty());
        return response;
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public Dialect dialect() {
        return journey.request().dialect();
    }

    @Override
    public boolean streamed() {
        return false;
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(json.getBytes(UTF_8));
    }

    @Override
    public Iterable<AnswerFrame> frames() {
        return List.of(new AnswerFrame("", "", "", json));
    }

    @Override
    public String text() {
        return "";
    }

    @Override
    public Optional<Usage> usage() {
        return Optional.empty();
    }

    @Override
    public RouteTrace trace() {
        return journey.trace().read();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
