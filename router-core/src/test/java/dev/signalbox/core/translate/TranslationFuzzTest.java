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

/** Whatever is said: it is refused with its place, or said in every other dialect as JSON. In all dialects alike. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TranslationFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void says_or_refuses_everything(byte[] body) throws IOException {
        JsonNode request = json(body);
        for (Asking from : Languages.asking()) {
            try {
                Chat chat = from.chats().read(Spot.root(request));
                for (Language to : Languages.all()) {
                    Losses losses = new Losses(from.hints());
                    JsonNode said = to.chatWriter().write(chat, Manner.USUAL, losses);
                    assertThat(Json.exact(Json.bytes(said)).isObject()).isTrue();
                    assertThat(losses.edits())
                            .allSatisfy(edit -> assertThat(edit.pointer()).startsWith("/"));
                }
            } catch (Malformed refused) {
                assertThat(refused.path()).isNotBlank();
                assertThat(refused).hasMessageContaining("expected");
            }
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.exact(body);
        } catch (IOException notJson) {
            return Words.json("{}");
        }
    }

    @FuzzTest(maxDuration = "2m")
    void tells_everything(byte[] reply) throws Exception {
        for (Language backend : Languages.all()) {
            for (Asking client : Languages.asking()) {
                Chat asked = client.chats().read(Spot.root(Words.json(asking(client))));
                stream(reply, backend, client.answerWriter(asked, Words.FACTS));
                whole(reply, backend, client.answerWriter(asked, Words.FACTS));
            }
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
        try {
            backend.answers().whole(json(reply), gathering);
        } catch (IOException wrongShape) {
            return;
        }
        assertThat(Json.exact(Json.bytes(writer.whole(gathering.answer()))).isObject())
                .isTrue();
    }
}
