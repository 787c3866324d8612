package dev.signalbox.core.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.FrameParser;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** Whatever a server answers, streamed or whole: clients of every dialect are told JSON, and an end. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswerReaderFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void openai(byte[] reply) throws Exception {
        check(reply, Dialect.OPENAI_CHAT);
    }

    @FuzzTest(maxDuration = "10m")
    void anthropic(byte[] reply) throws Exception {
        check(reply, Dialect.ANTHROPIC_MESSAGES);
    }

    @FuzzTest(maxDuration = "10m")
    void responses(byte[] reply) throws Exception {
        check(reply, Dialect.OPENAI_RESPONSES);
    }

    @FuzzTest(maxDuration = "10m")
    void ollama(byte[] reply) throws Exception {
        check(reply, Dialect.OLLAMA_CHAT);
    }

    private static void check(byte[] reply, Dialect dialect) throws Exception {
        Language backend = Words.language(dialect);
        for (Asking client : Languages.asking()) {
            Chat asked = client.chats().read(Spot.root(Words.json(asking(client))));
            stream(reply, backend, client.answerWriter(asked, Words.FACTS));
            whole(reply, backend, client.answerWriter(asked, Words.FACTS));
        }
    }

    /** A request for an answer: what asks for none loads the model, whose words are nobody's. */
    private static String asking(Asking client) {
        return client.dialect().equals(Dialect.OLLAMA_GENERATE)
                ? "{'prompt':'Hi'}"
                : "{'messages':[{'role':'user','content':'Hi'}],'input':'Hi','max_tokens':1}";
    }

    private static void stream(byte[] reply, Language backend, AnswerWriter writer) throws Exception {
        List<Frame> heard = new ArrayList<>();
        AnswerReader reader = backend.answers();
        FrameParser parser = backend.dialect().framing().parser();
        parser.feed(reply, 0, reply.length, frame -> reader.frame(frame, event -> writer.tell(event, heard::add)));
        parser.end(frame -> reader.frame(frame, event -> writer.tell(event, heard::add)));
        writer.end(heard::add);
        for (Frame frame : heard) {
            if (frame.kind() == Frame.Kind.DATA && !frame.text().equals("[DONE]")) {
                assertThat(Json.exact(frame.data()).isObject()).isTrue();
            }
        }
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
