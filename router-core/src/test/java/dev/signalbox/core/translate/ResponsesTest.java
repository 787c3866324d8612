package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Words.bytes;
import static dev.signalbox.core.translate.Words.delta;
import static dev.signalbox.core.translate.Words.heard;
import static dev.signalbox.core.translate.Words.json;
import static dev.signalbox.core.translate.Words.said;
import static dev.signalbox.core.translate.Words.texts;
import static dev.signalbox.core.translate.Words.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.translate.Words.Said;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ResponsesTest {

    private static final String ASKED = "{'input':'Hi','stream':true}";

    private static List<JsonNode> events(Dialect backend, String... data) throws Exception {
        StringBuilder stream = new StringBuilder();
        for (String each : data) {
            stream.append("data: ").append(each).append("\n\n");
        }
        List<JsonNode> events = new ArrayList<>();
        for (String text : texts(heard(bytes(stream.toString()), backend, OPENAI_RESPONSES, ASKED, 1 << 16))) {
            events.add(json(text));
        }
        return events;
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("type").asText().replace("response.", ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai.chat", "anthropic.messages", "ollama.chat"})
    void a_result_of_a_kind_that_is_unknown_does_not_part_the_others(String target) throws Exception {
        String call = "{'type':'function_call','call_id':'%1$s','name':'w','arguments':'{}'}";
        String result = "{'type':'function_call_output','call_id':'%1$s','output':'r'}";
        String begun = "{'input':[{'role':'user','content':'Hi'}," + call.formatted("c1") + "," + call.formatted("c2")
                + "," + result.formatted("c1") + ",";
        Dialect spoken = Words.dialect(target);

        Said plain =
                said(begun + result.formatted("c2") + ",{'role':'user','content':'And?'}]}", OPENAI_RESPONSES, spoken);
        Said parted = said(
                begun + "{'type':'computer_call_output','call_id':'c9','output':{}}," + result.formatted("c2")
                        + ",{'type':'computer_call_output','call_id':'c9','output':{}},{'role':'user','content':'And?'}]}",
                OPENAI_RESPONSES,
                spoken);

        assertThat(parted.body()).isEqualTo(plain.body());
        assertThat(parted.lost()).containsExactly("computer_call_output");
    }

    @Test
    void work_in_the_background_and_forms_that_are_unknown_are_told() throws Exception {
        assertThat(said("{'input':'Hi','background':true}", OPENAI_RESPONSES, OPENAI_CHAT)
                        .lost())
                .containsExactly("background");
        assertThat(said(
                                "{'input':'Hi','text':{'format':{'type':'grammar','syntax':'lark'}}}",
                                OPENAI_RESPONSES,
                                ANTHROPIC_MESSAGES)
                        .lost())
                .containsExactly("text.format");
    }

    @Test
    void a_servers_sign_of_life_stays_one() throws Exception {
        String stream = "event: keepalive\ndata: {'type':'keepalive','sequence_number':3}\n\n";

        assertThat(heard(
                        bytes(stream), OPENAI_RESPONSES, ANTHROPIC_MESSAGES, "{'messages':[],'max_tokens':9}", 1 << 16))
                .extracting(Frame::text)
                .contains("{\"type\":\"ping\"}");
    }

    @Test
    void a_round_trip_of_tools_becomes_messages() throws Exception {
        Said said = said(
                "{'instructions':'Be brief.','max_output_tokens':9,'reasoning':{'effort':'low','summary':'auto'},"
                        + "'store':false,'include':['reasoning.encrypted_content'],"
                        + "'tools':[{'type':'function','name':'w','parameters':{'type':'object'},'strict':false}],"
                        + "'input':[{'role':'user','content':[{'type':'input_text','text':'Hi'},"
                        + "{'type':'input_image','image_url':'data:image/png;base64,QUJD','detail':'auto'}]},"
                        + "{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'Hm'}]},"
                        + "{'type':'message','id':'msg_1','status':'completed','role':'assistant',"
                        + "'content':[{'type':'output_text','text':'I look.','annotations':[],'logprobs':[]}]},"
                        + "{'type':'function_call','id':'fc_1','status':'completed','call_id':'c1','name':'w','arguments':'{}'},"
                        + "{'type':'function_call','call_id':'c2','name':'w','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'c1','output':'red'},"
                        + "{'type':'function_call_output','call_id':'c2','output':'green'}]}",
                OPENAI_RESPONSES,
                OPENAI_CHAT);

        assertThat(said.body())
                .isEqualTo(json("{'max_tokens':9,'reasoning_effort':'low','tools':[{'type':'function','function':"
                        + "{'name':'w','parameters':{'type':'object'},'strict':false}}],'messages':["
                        + "{'role':'system','content':'Be brief.'},"
                        + "{'role':'user','content':[{'type':'text','text':'Hi'},"
                        + "{'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}}]},"
                        + "{'role':'assistant','reasoning_content':'Hm','content':'I look.','tool_calls':["
                        + "{'id':'c1','type':'function','function':{'name':'w','arguments':'{}'}},"
                        + "{'id':'c2','type':'function','function':{'name':'w','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'c1','content':'red'},"
                        + "{'role':'tool','tool_call_id':'c2','content':'green'}]}"));
        assertThat(said.lost()).isEmpty();
    }

    @Test
    void what_has_no_word_elsewhere_is_counted() throws Exception {
        Said said = said(
                "{'input':[{'type':'web_search_call','id':'ws_1'},{'role':'user','content':'Hi'}],"
                        + "'tools':[{'type':'web_search'}],'store':true}",
                OPENAI_RESPONSES,
                OPENAI_CHAT);

        assertThat(said.body()).isEqualTo(json("{'messages':[{'role':'user','content':'Hi'}]}"));
        assertThat(said.lost()).containsExactlyInAnyOrder("store", "tool web_search", "web_search_call");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'previous_response_id':'resp_1'", "'conversation':{'id':'c'}", "'prompt':{'id':'p'}"})
    void what_somebody_would_have_to_have_kept_is_refused(String kept) {
        Malformed refused = catchThrowableOfType(
                Malformed.class, () -> said("{'input':'Hi'," + kept + "}", OPENAI_RESPONSES, OPENAI_CHAT));

        assertThat(refused.code()).isEqualTo("previous_response_not_found");
        assertThat(refused).hasMessageContaining("the whole conversation is expected in `input`");
    }

    @Test
    void a_stream_is_told_in_events_of_legal_order() throws Exception {
        List<JsonNode> events = events(
                OPENAI_CHAT,
                delta("{'role':'assistant','content':''}"),
                delta("{'reasoning_content':'Hm'}"),
                delta("{'content':'Hi'}"),
                delta("{'content':'!'}"),
                delta("{'tool_calls':[{'index':0,'id':'c1','function':{'name':'w','arguments':''}}]}"),
                delta("{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}"),
                "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}",
                "{'choices':[],'usage':{'prompt_tokens':9,'completion_tokens':4,"
                        + "'prompt_tokens_details':{'cached_tokens':5},"
                        + "'completion_tokens_details':{'reasoning_tokens':2}}}");

        assertThat(types(events))
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "reasoning_summary_part.added",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.done",
                        "reasoning_summary_part.done",
                        "output_item.done",
                        "output_item.added",
                        "content_part.added",
                        "output_text.delta",
                        "output_text.delta",
                        "output_text.done",
                        "content_part.done",
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "completed");
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
        }
        JsonNode response = events.getLast().path("response");
        assertThat(response.path("output"))
                .isEqualTo(
                        json(
                                "[{'id':'rs_t1_0','type':'reasoning','summary':[{'type':'summary_text','text':'Hm'}]},"
                                        + "{'id':'msg_t1_1','type':'message','status':'completed','role':'assistant','content':["
                                        + "{'type':'output_text','text':'Hi!','annotations':[],'logprobs':[]}]},"
                                        + "{'id':'fc_t1_2','type':'function_call','status':'completed','call_id':'c1','name':'w','arguments':'{}'}]"));
        assertThat(response.path("usage"))
                .isEqualTo(json(
                        "{'input_tokens':9,'input_tokens_details':{'cached_tokens':5,'cache_write_tokens':0},'output_tokens':4,"
                                + "'output_tokens_details':{'reasoning_tokens':2},'total_tokens':13}"));
    }

    @Test
    void an_answer_that_was_cut_says_so() throws Exception {
        List<JsonNode> events = events(
                OPENAI_CHAT,
                delta("{'content':'Hi'}"),
                "{'choices':[{'index':0,'delta':{},'finish_reason':'length'}]}");

        assertThat(types(events)).last().isEqualTo("incomplete");
        JsonNode response = events.getLast().path("response");
        assertThat(response.at("/incomplete_details/reason").asText()).isEqualTo("max_output_tokens");
        assertThat(response.at("/output/0/status").asText()).isEqualTo("incomplete");
    }

    @Test
    void a_signed_thought_goes_there_and_back() throws Exception {
        JsonNode answer = whole(
                json("{'content':[{'type':'thinking','thinking':'Hm','signature':'S'},"
                        + "{'type':'text','text':'Hi'}],"
                        + "'stop_reason':'end_turn','usage':{'input_tokens':1,'output_tokens':2}}"),
                ANTHROPIC_MESSAGES,
                OPENAI_RESPONSES,
                ASKED);
        String again = "{'input':" + answer.path("output").toString().replace('"', '\'') + "}";

        assertThat(said(again, OPENAI_RESPONSES, ANTHROPIC_MESSAGES).body().at("/messages/0/content"))
                .isEqualTo(
                        json("[{'type':'thinking','thinking':'Hm','signature':'S'}," + "{'type':'text','text':'Hi'}]"));
    }

    @Test
    void what_a_server_tells_only_when_an_item_is_done_is_told_too() throws Exception {
        String item = "{'type':'function_call','call_id':'c1','name':'w','arguments':'{}'}";
        List<String> chunks = texts(heard(
                bytes("data: {'type':'response.output_item.done','output_index':0,'item':" + item + "}\n\n"
                        + "data: {'type':'response.completed','response':{'status':'completed'}}\n\n"),
                OPENAI_RESPONSES,
                OPENAI_CHAT,
                "{'messages':[],'stream':true}",
                5));

        assertThat(String.join("", chunks))
                .contains("'name':'w'")
                .contains("'arguments':'{}'")
                .contains("'finish_reason':'tool_calls'");
    }

    @Test
    void a_failed_tool_that_shows_an_image_fails_in_words_and_keeps_the_image() throws Exception {
        Said there = said(
                "{'max_tokens':9,'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'a',"
                        + "'is_error':true,'content':[{'type':'image','source':{'type':'base64','media_type':'image/png',"
                        + "'data':'QUJD'}},{'type':'text','text':'Timed out.'}]}]}]}",
                ANTHROPIC_MESSAGES,
                OPENAI_RESPONSES);

        assertThat(there.body().at("/input/0/output"))
                .isEqualTo(json("[{'type':'input_text','text':'Error'},"
                        + "{'type':'input_image','image_url':'data:image/png;base64,QUJD'},"
                        + "{'type':'input_text','text':'Timed out.'}]"));
        assertThat(there.lost()).isEmpty();
    }
}
