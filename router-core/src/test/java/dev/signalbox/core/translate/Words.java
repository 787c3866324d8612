package dev.signalbox.core.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.FrameParser;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Says things in one dialect and hears them in another, for tests. JSON is written with single quotes. */
final class Words {

    static final AnswerFacts FACTS = new AnswerFacts(
            "t1", "m", OptionalLong.empty(), () -> Duration.ZERO, () -> Instant.ofEpochSecond(7), note -> {});

    /** A request that every dialect takes, for tests of what is answered. */
    static final String ASKED = "{'max_tokens':9,'messages':[{'role':'user','content':'u'}],'input':'u',"
            + "'stream':true,'stream_options':{'include_usage':true}}";

    private Words() {}

    /** A request in another dialect, and what that lost. */
    record Said(JsonNode body, List<String> lost) {}

    static JsonNode json(String quoted) {
        try {
            return Json.exact(quoted.replace('\'', '"'));
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    static Dialect dialect(String id) {
        return Dialect.KNOWN.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** A frame of a streamed chat of OpenAI's. */
    static String delta(String delta) {
        return "{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}";
    }

    static Language language(Dialect dialect) {
        return Languages.of(dialect).orElseThrow();
    }

    static Asking asking(Dialect dialect) {
        return Languages.asking().stream()
                .filter(each -> each.dialect().equals(dialect))
                .findFirst()
                .orElseThrow();
    }

    static Said said(JsonNode request, Dialect from, Dialect to, Manner manner) throws Malformed {
        Chat chat = asking(from).chats().read(Spot.root(request));
        Losses losses = new Losses(asking(from).hints(request));
        JsonNode body = language(to).chatWriter().write(chat, manner, losses);
        return new Said(
                again(body),
                losses.edits().stream()
                        .map(Edit::drops)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** As it is read again: numbers are equal only if they are of one kind. */
    static JsonNode again(JsonNode written) {
        try {
            return Json.exact(Json.bytes(written));
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    static Said said(String request, Dialect from, Dialect to) throws Malformed {
        return said(json(request), from, to, Manner.USUAL);
    }

    /** What a client hears that asked this and whose backend streams that. */
    static List<Frame> heard(byte[] stream, Dialect backend, Dialect client, String asked, int pieces)
            throws Exception {
        AnswerReader reader = language(backend).answers();
        AnswerWriter writer = asking(client).answerWriter(chat(asked, client), FACTS);
        List<Frame> heard = new ArrayList<>();
        FrameParser parser = backend.framing().parser();
        for (int at = 0; at < stream.length; at += pieces) {
            parser.feed(
                    stream,
                    at,
                    Math.min(pieces, stream.length - at),
                    frame -> reader.frame(frame, event -> writer.tell(event, heard::add)));
        }
        parser.end(frame -> reader.frame(frame, event -> writer.tell(event, heard::add)));
        writer.end(heard::add);
        return heard;
    }

    static JsonNode whole(JsonNode reply, Dialect backend, Dialect client, String asked) throws Exception {
        Gathering gathering = new Gathering(backend);
        language(backend).answers().whole(reply, gathering);
        return again(asking(client).answerWriter(chat(asked, client), FACTS).whole(gathering.answer()));
    }

    private static Chat chat(String asked, Dialect client) throws Malformed {
        return asking(client).chats().read(Spot.root(json(asked)));
    }

    static byte[] bytes(String stream) {
        return stream.replace('\'', '"').getBytes(UTF_8);
    }

    /** The frames as text, with single quotes. */
    static List<String> texts(List<Frame> frames) {
        return frames.stream().map(frame -> frame.text().replace('"', '\'')).toList();
    }

    /** What a client of one dialect is told, text by text, when a server of another sends these data. */
    static List<String> told(Dialect backend, Dialect client, String... data) throws Exception {
        StringBuilder stream = new StringBuilder();
        for (String each : data) {
            stream.append("data: ").append(each).append("\n\n");
        }
        return texts(heard(bytes(stream.toString()), backend, client, ASKED, 1 << 16));
    }
}
