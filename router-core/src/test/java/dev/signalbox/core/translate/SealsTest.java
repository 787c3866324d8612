package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Words.bytes;
import static dev.signalbox.core.translate.Words.heard;
import static dev.signalbox.core.translate.Words.json;
import static dev.signalbox.core.translate.Words.said;
import static dev.signalbox.core.translate.Words.texts;
import static dev.signalbox.core.translate.Words.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Words.Said;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only its maker can read goes by way of any client back to its maker, and to nobody else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SealsTest {

    private static final String OF_ANTHROPIC =
            "{'content':[{'type':'thinking','thinking':'Hm','signature':'SIG'},{'type':'redacted_thinking','data':'RED'},"
                    + "{'type':'text','text':'Hi'}],'stop_reason':'end_turn'}";
    private static final String OF_RESPONSES =
            "{'status':'completed','output':[{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text',"
                    + "'text':'Hm'}],'encrypted_content':'ENC'},{'type':'reasoning','id':'rs_2','summary':[],"
                    + "'encrypted_content':'RED'},{'type':'message','role':'assistant','content':["
                    + "{'type':'output_text','text':'Hi'}]}]}";

    @Test
    void thoughts_of_an_anthropic_server_come_back_to_it_by_way_of_responses() throws Exception {
        JsonNode answer = whole(json(OF_ANTHROPIC), ANTHROPIC_MESSAGES, OPENAI_RESPONSES, "{'input':'Hi'}");
        Said back = said(
                json("{'input':" + quoted(answer.path("output")) + "}"),
                OPENAI_RESPONSES,
                ANTHROPIC_MESSAGES,
                Manner.USUAL);

        assertThat(back.body().at("/messages/0/content"))
                .isEqualTo(json(OF_ANTHROPIC).path("content"));
        assertThat(back.lost()).isEmpty();
    }

    @Test
    void thoughts_of_a_responses_server_come_back_to_it_by_way_of_anthropic() throws Exception {
        JsonNode answer =
                whole(json(OF_RESPONSES), OPENAI_RESPONSES, ANTHROPIC_MESSAGES, "{'max_tokens':9,'messages':[]}");
        Said back = said(
                json("{'max_tokens':9,'messages':[{'role':'assistant','content':" + quoted(answer.path("content"))
                        + "}]}"),
                ANTHROPIC_MESSAGES,
                OPENAI_RESPONSES,
                Manner.USUAL);

        assertThat(back.body().at("/input/0/encrypted_content").asText()).isEqualTo("ENC");
        assertThat(back.body().at("/input/1/encrypted_content").asText()).isEqualTo("RED");
        assertThat(back.lost()).isEmpty();
    }

    private static final String SIGNED_ONLY =
            "[{'type':'thinking','thinking':'','signature':'S1'},{'type':'thinking','thinking':'','signature':'S2'},"
                    + "{'type':'text','text':'Hi'},{'type':'thinking','thinking':'','signature':'S3'}]";

    /** The same as a server streams it. */
    private static byte[] signedOnly() {
        StringBuilder stream = new StringBuilder();
        int index = 0;
        for (JsonNode block : json(SIGNED_ONLY)) {
            boolean text = block.has("text");
            String begun = text ? "{'type':'text','text':''}" : "{'type':'thinking','thinking':'','signature':''}";
            String delta = text
                    ? "{'type':'text_delta','text':'Hi'}"
                    : "{'type':'signature_delta','signature':" + quoted(block.path("signature")) + "}";
            stream.append(
                    "data: {'type':'content_block_start','index':%d,'content_block':%s}\n\n".formatted(index, begun));
            stream.append("data: {'type':'content_block_delta','index':%d,'delta':%s}\n\n".formatted(index, delta));
            stream.append("data: {'type':'content_block_stop','index':%d}\n\n".formatted(index));
            index++;
        }
        stream.append("data: {'type':'message_delta','delta':{'stop_reason':'end_turn'}}\n\n");
        return bytes(stream.toString());
    }

    @Test
    void signatures_of_thoughts_that_say_nothing_are_not_mixed_up() throws Exception {
        String asked = "{'input':'Hi','messages':[],'stream':true}";
        JsonNode whole = whole(
                json("{'content':" + SIGNED_ONLY + ",'stop_reason':'end_turn'}"),
                ANTHROPIC_MESSAGES,
                OPENAI_RESPONSES,
                asked);
        List<String> events = texts(heard(signedOnly(), ANTHROPIC_MESSAGES, OPENAI_RESPONSES, asked, 1 << 16));
        JsonNode streamed = json(events.getLast()).path("response");

        for (JsonNode answer : List.of(whole, streamed)) {
            Said back = said(
                    json("{'input':" + quoted(answer.path("output")) + "}"),
                    OPENAI_RESPONSES,
                    ANTHROPIC_MESSAGES,
                    Manner.USUAL);
            assertThat(back.body().findValues("signature").stream().map(JsonNode::asText))
                    .containsExactly("S1", "S2", "S3");
            assertThat(back.lost()).isEmpty();
        }
    }

    @Test
    void clients_without_signatures_hear_nothing_of_thoughts_that_say_nothing() throws Exception {
        String asked = "{'messages':[{'role':'user','content':'Hi'}],'stream':true}";
        for (Dialect client : List.of(OPENAI_CHAT, OLLAMA_CHAT)) {
            List<String> chunks = texts(heard(signedOnly(), ANTHROPIC_MESSAGES, client, asked, 1 << 16));

            assertThat(String.join("", chunks)).contains("'content':'Hi'").doesNotContain("reasoning", "thinking");
            assertThat(chunks)
                    .filteredOn(chunk -> chunk.contains("'content':''"))
                    .hasSize(1);
        }
    }

    @Test
    void nobody_else_is_sent_them() throws Exception {
        String anthropic =
                "{'max_tokens':9,'messages':[{'role':'assistant','content':[{'type':'thinking','thinking':'Hm',"
                        + "'signature':'SIG'},{'type':'redacted_thinking','data':'RED'},{'type':'text','text':'Hi'}]}]}";
        Said toResponses = said(anthropic, ANTHROPIC_MESSAGES, OPENAI_RESPONSES);
        assertThat(toResponses.body().toString()).contains("Hm").doesNotContain("SIG", "RED");
        assertThat(toResponses.lost()).containsExactly("signature", "redacted_thinking");

        String responses = "{'input':[{'type':'reasoning','summary':[{'type':'summary_text','text':'Hm'}],"
                + "'encrypted_content':'ENC'},{'role':'assistant','content':'Hi'}]}";
        Said toAnthropic = said(responses, OPENAI_RESPONSES, ANTHROPIC_MESSAGES);
        assertThat(toAnthropic.body().toString()).doesNotContain("ENC");
        assertThat(toAnthropic.lost()).containsExactly("reasoning");
    }

    @Test
    void a_signature_in_pieces_bears_its_makers_name_once() throws Exception {
        List<String> events = texts(heard(
                bytes("data: {'type':'response.reasoning_summary_text.delta','output_index':0,'delta':'Hm'}\n\n"
                        + "data: {'type':'response.output_item.done','output_index':0,'item':{'type':'reasoning',"
                        + "'summary':[{'type':'summary_text','text':'Hm'}],'encrypted_content':'ENC'}}\n\n"),
                OPENAI_RESPONSES,
                ANTHROPIC_MESSAGES,
                "{'max_tokens':9,'messages':[]}",
                1 << 16));

        assertThat(events)
                .contains("{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta',"
                        + "'signature':'signalbox:openai.responses:ENC'}}");
    }

    @Test
    void a_signature_that_comes_late_or_has_no_word_is_noted() throws Exception {
        String late =
                "data: {'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'Hm'}}\n\n"
                        + "data: {'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'Hi'}}\n\n"
                        + "data: {'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'S'}}\n\n";

        assertThat(notes(late, OPENAI_RESPONSES))
                .containsExactly("the answer lost the signature of a thought: it came late");
        assertThat(notes(late, OPENAI_CHAT)).containsExactly("the answer lost signature");
    }

    private static List<String> notes(String stream, Dialect client) throws Exception {
        List<String> notes = new ArrayList<>();
        AnswerFacts facts = new AnswerFacts(
                "t1", "m", Words.FACTS.memoryBytes(), Words.FACTS.took(), Words.FACTS.now(), notes::add);
        Asking asking = Words.asking(client);
        AnswerWriter writer =
                asking.answerWriter(asking.chats().read(Spot.root(json("{'messages':[],'input':'Hi'}"))), facts);
        AnswerReader reader = Words.language(ANTHROPIC_MESSAGES).answers();
        var parser = ANTHROPIC_MESSAGES.framing().parser();
        byte[] all = bytes(stream);
        parser.feed(all, 0, all.length, frame -> reader.frame(frame, event -> writer.tell(event, told -> {})));
        return notes;
    }

    private static String quoted(JsonNode node) {
        return node.toString().replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource({
        "signalbox:anthropic.messages:SIG, '', true",
        "ENC, '', false",
        "ENC, 'Go on', false",
        "signalbox:anthropic.messages:SIG, 'Go on', true"
    })
    void a_model_goes_on_thinking_after_a_tool_if_its_thoughts_are_there(String sealed, String more, boolean thinks)
            throws Exception {
        String user = more.isEmpty() ? "" : ",{'role':'user','content':'" + more + "'}";
        Said there = said(
                "{'reasoning':{'effort':'high'},'input':[{'role':'user','content':'Hi'},{'type':'reasoning','summary':["
                        + "{'type':'summary_text','text':'Hm'}],'encrypted_content':'" + sealed + "'},"
                        + "{'type':'function_call','call_id':'a','name':'w','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'a','output':'sun'}" + user + "]}",
                OPENAI_RESPONSES,
                ANTHROPIC_MESSAGES);

        assertThat(there.body().has("thinking")).isEqualTo(thinks);
        assertThat(there.body().at("/messages/1/content/0/type").asText()).isEqualTo(thinks ? "thinking" : "tool_use");
        assertThat(there.lost().contains("reasoning_effort")).isEqualTo(!thinks);
    }
}
