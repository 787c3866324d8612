package dev.signalbox.backend.echo;

import dev.signalbox.api.Headers;
import dev.signalbox.backend.echo.SpokenBody.Utterance;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendReply;
import java.util.stream.Stream;

/**
 * An answer that is ready to be spoken. What is said is made while it is spoken, so a long answer takes no more memory
 * than a short one.
 *
 * @param utterances what is said; can be read once
 * @param ending how it ends
 * @param type the type of the content
 */
record Speech(Stream<Utterance> utterances, Ending ending, String type) {

    static final String NONSENSE = "<!doctype html><title>It works!</title>";

    BackendReply reply(BackendCall call) {
        return BackendReply.of(
                200, Headers.of("content-type", type), new SpokenBody(utterances.iterator(), ending, call));
    }
}
