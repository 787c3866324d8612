package dev.signalbox.core.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.FrameParser;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whatever a server answers, streamed or whole: clients of every dialect are told what it allows, and an end. */
final class AnswersFuzz {

    private AnswersFuzz() {}

    /** Reads that as an answer in that dialect. */
    static void check(byte[] reply, Dialect dialect) throws Exception {
        Language backend = Words.language(dialect);
        for (Asking client : Languages.asking()) {
            Chat asked = client.chats().read(Spot.root(Words.json(asking(client))));
            Rules.check(stream(reply, backend, client.answerWriter(asked, Words.FACTS)), client.dialect());
            whole(reply, backend, client.answerWriter(asked, Words.FACTS));
        }
    }

    /** A request for an answer: what asks for none loads the model, whose words are nobody's. */
    private static String asking(Asking client) {
        return client.dialect().equals(Dialect.OLLAMA_GENERATE)
                ? "{'prompt':'Hi'}"
                : "{'messages':[{'role':'user','content':'Hi'}],'input':'Hi','max_tokens':1}";
    }

    private static List<Frame> stream(byte[] reply, Language backend, AnswerWriter writer) throws Exception {
        List<Frame> heard = new ArrayList<>();
        AnswerReader reader = backend.answers();
        FrameParser parser = backend.dialect().framing().parser();
        parser.feed(reply, 0, reply.length, frame -> reader.frame(frame, event -> writer.tell(event, heard::add)));
        parser.end(frame -> reader.frame(frame, event -> writer.tell(event, heard::add)));
        writer.end(heard::add);
        return heard;
    }

    private static void whole(byte[] reply, Language backend, AnswerWriter writer) throws IOException {
        Gathering gathering = new Gathering(backend.dialect());
        JsonNode read;
        try {
            read = Json.exact(reply);
            backend.answers().whole(read, gathering);
        } catch (IOException wrong) {
            return;
        }
        assertThat(Json.exact(Json.bytes(writer.whole(gathering.answer()))).isObject())
                .isTrue();
    }
}
