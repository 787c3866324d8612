package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Words.bytes;
import static dev.signalbox.core.translate.Words.delta;
import static dev.signalbox.core.translate.Words.heard;
import static dev.signalbox.core.translate.Words.json;
import static dev.signalbox.core.translate.Words.texts;
import static dev.signalbox.core.translate.Words.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswersTest {

    private static final String ASKED = "{'max_tokens':9,'stream':true,'messages':[]}";

    private static List<String> toAnthropic(String... data) throws Exception {
        StringBuilder stream = new StringBuilder();
        for (String each : data) {
            stream.append("data: ").append(each).append("\n\n");
        }
        return texts(heard(bytes(stream.toString()), OPENAI_CHAT, ANTHROPIC_MESSAGES, ASKED, 1 << 16));
    }

    private static List<String> toOpenAi(String asked, String... data) throws Exception {
        StringBuilder stream = new StringBuilder();
        for (String each : data) {
            stream.append("data: ").append(each).append("\n\n");
        }
        return texts(heard(bytes(stream.toString()), ANTHROPIC_MESSAGES, OPENAI_CHAT, asked, 1 << 16));
    }

    private static List<String> toResponses(Dialect backend, String... data) throws Exception {
        StringBuilder stream = new StringBuilder();
        for (String each : data) {
            stream.append("data: ").append(each).append("\n\n");
        }
        return texts(heard(
                        bytes(stream.toString()), backend, OPENAI_RESPONSES, "{'input':'Hi','stream':true}", 1 << 16))
                .stream()
                .map(Words::json)
                .filter(event -> event.has("output_index"))
                .map(event -> event.path("output_index") + " "
                        + event.path("type").asText().replaceAll(".*[._](\\w+)$", "$1")
                        + event.path("delta").asText() + event.path("arguments").asText())
                .toList();
    }

    private static String finish(String reason) {
        return "{'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}";
    }

    @Test
    void an_openai_stream_becomes_blocks_in_legal_order() throws Exception {
        assertThat(toAnthropic(
                        delta("{'role':'assistant','content':null}"),
                        delta("{'reasoning_content':'Hm','reasoning':'Hm'}"),
                        delta("{'content':'Hi'}"),
                        delta("{'content':'!'}"),
                        delta("{'tool_calls':[{'index':0,'id':'c1','type':'function','function':"
                                + "{'name':'w','arguments':''}}]}"),
                        delta("{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}"),
                        finish("stop"),
                        "{'choices':[],'usage':{'prompt_tokens':9,'completion_tokens':4,"
                                + "'prompt_tokens_details':{'cached_tokens':5}}}",
                        "[DONE]"))
                .containsExactly(
                        "{'type':'message_start','message':{'id':'msg_t1','type':'message','role':'assistant','model':'m',"
                                + "'content':[],'stop_reason':null,'stop_sequence':null,'usage':{'input_tokens':0,'output_tokens':0}}}",
                        "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'Hm'}}",
                        "{'type':'content_block_stop','index':0}",
                        "{'type':'content_block_start','index':1,'content_block':{'type':'text','text':''}}",
                        "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'Hi'}}",
                        "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'!'}}",
                        "{'type':'content_block_stop','index':1}",
                        "{'type':'content_block_start','index':2,'content_block':{'type':'tool_use','id':'c1','name':'w','input':{}}}",
                        "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':'{}'}}",
                        "{'type':'content_block_stop','index':2}",
                        "{'type':'message_delta','delta':{'stop_reason':'tool_use','stop_sequence':null},"
                                + "'usage':{'input_tokens':4,'cache_read_input_tokens':5,'output_tokens':4}}",
                        "{'type':'message_stop'}");
    }

    @Test
    void the_arguments_of_mixed_calls_wait_only_for_each_other() throws Exception {
        assertThat(toAnthropic(
                        delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'w','arguments':'{'}},"
                                + "{'index':1,'id':'b','function':{'name':'w','arguments':'{'}}]}"),
                        delta("{'tool_calls':[{'index':1,'function':{'arguments':'1}'}},"
                                + "{'index':0,'function':{'arguments':'0}'}}]}"),
                        finish("tool_calls")))
                .filteredOn(text -> text.contains("content_block"))
                .containsExactly(
                        "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a','name':'w','input':{}}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{'}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'0}'}}",
                        "{'type':'content_block_stop','index':0}",
                        "{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'b','name':'w','input':{}}}",
                        "{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':'{'}}",
                        "{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':'1}'}}",
                        "{'type':'content_block_stop','index':1}");
    }

    private static final String ANNOUNCED = delta("{'tool_calls':["
            + "{'index':0,'id':'a','type':'function','function':{'name':'v','arguments':''}},"
            + "{'index':1,'id':'b','type':'function','function':{'name':'w','arguments':''}}]}");

    private static String arguments(int index, String piece) {
        return delta("{'tool_calls':[{'index':" + index + ",'function':{'arguments':'" + piece + "'}}]}");
    }

    @Test
    void calls_announced_before_their_arguments_wait_for_each_other() throws Exception {
        String[] mixed = {
            ANNOUNCED,
            arguments(1, "[1"),
            delta("{'content':'Hi'}"),
            arguments(0, "[0"),
            arguments(0, "]"),
            arguments(1, "]"),
            finish("tool_calls")
        };

        assertThat(toAnthropic(mixed))
                .filteredOn(text -> text.contains("content_block"))
                .containsExactly(
                        "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a','name':'v','input':{}}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'[0'}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':']'}}",
                        "{'type':'content_block_stop','index':0}",
                        "{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'b','name':'w','input':{}}}",
                        "{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':'[1'}}",
                        "{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':']'}}",
                        "{'type':'content_block_stop','index':1}",
                        "{'type':'content_block_start','index':2,'content_block':{'type':'text','text':''}}",
                        "{'type':'content_block_delta','index':2,'delta':{'type':'text_delta','text':'Hi'}}",
                        "{'type':'content_block_stop','index':2}");
        assertThat(toResponses(OPENAI_CHAT, mixed))
                .startsWith("0 added", "0 delta[0", "0 delta]", "0 done[0]", "0 done")
                .containsSubsequence("1 added", "1 delta[1", "1 delta]", "1 done[1]", "1 done", "2 added");
    }

    @Test
    void calls_announced_without_any_arguments_have_none() throws Exception {
        assertThat(toAnthropic(ANNOUNCED, finish("tool_calls")))
                .filteredOn(text -> text.contains("content_block"))
                .extracting(text -> text.replaceAll(".*'content_block_(\\w+)','index':(\\d).*", "$2 $1"))
                .containsExactly("0 start", "0 stop", "1 start", "1 stop");
        List<String> empty =
                List.of("0 added", "0 delta{}", "0 done{}", "0 done", "1 added", "1 delta{}", "1 done{}", "1 done");
        assertThat(toResponses(OPENAI_CHAT, ANNOUNCED, finish("tool_calls"))).isEqualTo(empty);
        assertThat(toResponses(OPENAI_CHAT, ANNOUNCED)).isEqualTo(empty); // the server broke off
    }

    @Test
    void blocks_of_calls_begun_together_wait_for_each_other_too() throws Exception {
        assertThat(toResponses(
                        ANTHROPIC_MESSAGES,
                        "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a','name':'v','input':{}}}",
                        "{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'b','name':'w','input':{}}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'[0'}}",
                        "{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':'[1]'}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':']'}}",
                        "{'type':'content_block_stop','index':0}",
                        "{'type':'content_block_stop','index':1}",
                        "{'type':'message_delta','delta':{'stop_reason':'tool_use'}}"))
                .containsExactly(
                        "0 added",
                        "0 delta[0",
                        "0 delta]",
                        "0 done[0]",
                        "0 done",
                        "1 added",
                        "1 delta[1]",
                        "1 done[1]",
                        "1 done");
    }

    @Test
    void calls_are_told_apart_however_a_server_numbers_them() throws Exception {
        assertThat(toAnthropic(
                        delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'v','arguments':{'x':1}}}]}"),
                        delta("{'tool_calls':[{'index':0,'id':'b','function':{'name':'w','arguments':'{}'}}]}"),
                        delta("{'tool_calls':[{'function':{'name':'x'}}]}"),
                        delta("{'tool_calls':[{'function':{'arguments':'[1]'}}]}"),
                        finish("tool_calls")))
                .filteredOn(text -> text.contains("tool_use','id'") || text.contains("partial"))
                .extracting(text -> text.replaceAll(".*'(name|partial_json)':'?(.*?)'?[,}]+('input.*)?$", "$2"))
                .containsExactly("v", "{\\'x\\':1}", "w", "{}", "x", "[1]");
    }

    @Test
    void an_anthropic_stream_becomes_deltas() throws Exception {
        assertThat(toOpenAi(
                        "{'messages':[],'stream':true,'stream_options':{'include_usage':true}}",
                        "{'type':'message_start','message':{'id':'x','model':'y','usage':{'input_tokens':3,"
                                + "'cache_read_input_tokens':2,'output_tokens':1}}}",
                        "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':''}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'Hm'}}",
                        "{'type':'content_block_start','index':1,'content_block':{'type':'text','text':''}}",
                        "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'Hi'}}",
                        "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':''}}",
                        "{'type':'content_block_stop','index':0}",
                        "{'type':'ping'}",
                        "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'!'}}",
                        "{'type':'content_block_stop','index':1}",
                        "{'type':'content_block_start','index':2,'content_block':{'type':'tool_use','id':'a','name':'w'}}",
                        "{'type':'content_block_stop','index':2}",
                        "{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':7}}",
                        "{'type':'message_stop'}"))
                .extracting(text -> text.replaceAll("^.*'choices':\\[", "").replaceAll("\\{'index':0,'delta':", ""))
                .containsExactly(
                        "{'role':'assistant','content':''},'finish_reason':null}]}",
                        "{'reasoning_content':'Hm'},'finish_reason':null}]}",
                        "{'content':'Hi'},'finish_reason':null}]}",
                        "",
                        "{'content':'!'},'finish_reason':null}]}",
                        "{'tool_calls':[{'index':0,'id':'a','type':'function','function':{'name':'w','arguments':''}}]},'finish_reason':null}]}",
                        "{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]},'finish_reason':null}]}",
                        "{},'finish_reason':'tool_calls'}]}",
                        "],'usage':{'prompt_tokens':5,'completion_tokens':7,'total_tokens':12,"
                                + "'prompt_tokens_details':{'cached_tokens':2}}}",
                        "[DONE]");
    }

    @Test
    void who_asked_with_functions_is_answered_with_one() throws Exception {
        String asked = "{'messages':[],'functions':[{'name':'w'}]}";
        assertThat(whole(
                                json("{'content':[{'type':'tool_use','id':'a','name':'w','input':{'x':1}}],"
                                        + "'stop_reason':'tool_use'}"),
                                ANTHROPIC_MESSAGES,
                                OPENAI_CHAT,
                                asked)
                        .path("choices"))
                .isEqualTo(
                        json(
                                "[{'index':0,'message':{'role':'assistant','content':null,'refusal':null,"
                                        + "'function_call':{'name':'w','arguments':'{\\\"x\\\":1}'}},'finish_reason':'function_call'}]"));
    }

    @Test
    void a_refusal_is_one_in_anthropic_too() throws Exception {
        assertThat(whole(
                        json("{'choices':[{'message':{'content':null,'refusal':'No.'},'finish_reason':'stop'}]}"),
                        OPENAI_CHAT,
                        ANTHROPIC_MESSAGES,
                        ASKED))
                .isEqualTo(json("{'id':'msg_t1','type':'message','role':'assistant','model':'m','content':["
                        + "{'type':'text','text':'No.'}],'stop_reason':'refusal','stop_sequence':null,"
                        + "'usage':{'input_tokens':0,'output_tokens':0}}"));
    }

    @Test
    void a_sign_of_life_stays_one() throws Exception {
        assertThat(heard(
                                bytes(": alive\n\ndata: " + finish("stop") + "\n\n"),
                                OPENAI_CHAT,
                                ANTHROPIC_MESSAGES,
                                ASKED,
                                3)
                        .getFirst()
                        .text())
                .isEqualTo("{\"type\":\"ping\"}");
    }
}
