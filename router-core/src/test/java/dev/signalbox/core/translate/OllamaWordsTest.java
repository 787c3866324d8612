package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OLLAMA_GENERATE;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.core.translate.Words.bytes;
import static dev.signalbox.core.translate.Words.delta;
import static dev.signalbox.core.translate.Words.heard;
import static dev.signalbox.core.translate.Words.json;
import static dev.signalbox.core.translate.Words.said;
import static dev.signalbox.core.translate.Words.texts;
import static dev.signalbox.core.translate.Words.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Words.Said;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OllamaWordsTest {

    private static final String EVERYTHING = """
            {'stream':false,'options':{'num_predict':9,'temperature':0.5,'top_p':0.9,'top_k':40,'min_p':0.05,'seed':7,
             'frequency_penalty':0.1,'presence_penalty':0.2,'repeat_penalty':1.1,'stop':['a','b'],'num_ctx':8192},
             'logprobs':true,'top_logprobs':3,'format':{'type':'object','properties':{}},'think':'high',
             'keep_alive':'10m','truncate':false,
             'tools':[{'type':'function','function':{'name':'w','description':'d','parameters':{'type':'object'}}}],
             'messages':[{'role':'system','content':'s'},
              {'role':'user','content':'u','images':['iVBORw0KGgo=','/9j/4AAQ']},
              {'role':'assistant','content':'','thinking':'t','tool_calls':[
               {'id':'c1','function':{'name':'w','arguments':{'x':1.50}}}]},
              {'role':'tool','content':'r','tool_name':'w','tool_call_id':'c1'},
              {'role':'assistant','content':'done'}]}""";

    @Test
    void a_request_said_again_in_its_own_words_is_the_same() throws Exception {
        Said again = said(EVERYTHING, OLLAMA_CHAT, OLLAMA_CHAT);

        assertThat(again.body()).isEqualTo(json(EVERYTHING));
        assertThat(again.lost()).isEmpty();
    }

    @Test
    void openai_hears_everything_it_has_words_for() throws Exception {
        Said there = said(EVERYTHING, OLLAMA_CHAT, OPENAI_CHAT);

        assertThat(there.body().path("messages")).isEqualTo(json("""
                [{'role':'system','content':'s'},
                 {'role':'user','content':[
                  {'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo='}},
                  {'type':'image_url','image_url':{'url':'data:image/jpeg;base64,/9j/4AAQ'}},
                  {'type':'text','text':'u'}]},
                 {'role':'assistant','reasoning_content':'t','tool_calls':[
                  {'id':'c1','type':'function','function':{'name':'w','arguments':'{\\"x\\":1.50}'}}]},
                 {'role':'tool','tool_call_id':'c1','content':'r'},
                 {'role':'assistant','content':'done'}]"""));
        assertThat(there.body().path("max_tokens").asInt()).isEqualTo(9);
        assertThat(there.body().at("/stop/1").asText()).isEqualTo("b");
        assertThat(there.body().path("reasoning_effort").asText()).isEqualTo("high");
        assertThat(there.body().at("/response_format/json_schema/schema/type").asText())
                .isEqualTo("object");
        assertThat(there.body().at("/tools/0/function/name").asText()).isEqualTo("w");
        assertThat(there.lost())
                .containsExactlyInAnyOrder("top_k", "min_p", "repeat_penalty", "truncate", "options.num_ctx");
    }

    @Test
    void what_is_not_said_is_streamed_and_counted() throws Exception {
        Said there = said("{'messages':[{'role':'user','content':'u'}]}", OLLAMA_CHAT, OPENAI_CHAT);

        assertThat(there.body()).isEqualTo(json("""
                {'stream':true,'stream_options':{'include_usage':true},'messages':[{'role':'user','content':'u'}]}"""));
        assertThat(there.lost()).isEmpty();
    }

    @Test
    void calls_and_results_without_ids_find_each_other_by_name() throws Exception {
        Said there = said("""
                {'messages':[{'role':'user','content':'u'},
                 {'role':'assistant','tool_calls':[{'function':{'name':'a','arguments':{}}},
                  {'function':{'name':'b','arguments':{}}}]},
                 {'role':'tool','tool_name':'b','content':'2'},{'role':'tool','tool_name':'a','content':'1'}]}""", OLLAMA_CHAT, ANTHROPIC_MESSAGES);

        assertThat(there.body().at("/messages/1/content/1/id").asText()).isEqualTo("call_2");
        assertThat(there.body().at("/messages/2/content")).isEqualTo(json("""
                [{'type':'tool_result','tool_use_id':'call_2','content':'2'},
                 {'type':'tool_result','tool_use_id':'call_1','content':'1'}]"""));
    }

    @Test
    void an_openai_chat_is_said_in_messages_of_plain_text() throws Exception {
        Said there = said("""
                {'max_completion_tokens':5,'temperature':0,'user':'me','stop':'x','response_format':{'type':'json_object'},
                 'reasoning_effort':'minimal','tool_choice':'required','parallel_tool_calls':false,
                 'tools':[{'type':'function','function':{'name':'w','strict':true,'parameters':{'type':'object'}}}],
                 'messages':[{'role':'developer','content':'s'},
                  {'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'},
                   {'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}},
                   {'type':'image_url','image_url':{'url':'http://127.0.0.1:9/a.png'}}]},
                  {'role':'assistant','content':null,'tool_calls':[
                   {'id':'c1','type':'function','function':{'name':'w','arguments':'{\\"x\\":1}'}}]},
                  {'role':'tool','tool_call_id':'c1','content':'r'}]}""", OPENAI_CHAT, OLLAMA_CHAT);

        assertThat(there.body()).isEqualTo(json("""
                {'stream':false,'options':{'num_predict':5,'temperature':0,'stop':['x']},'format':'json','think':'low',
                 'tools':[{'type':'function','function':{'name':'w','parameters':{'type':'object'}}}],
                 'messages':[{'role':'system','content':'s'},{'role':'user','content':'a\\nb','images':['QUJD']},
                  {'role':'assistant','content':'','tool_calls':[
                   {'id':'c1','function':{'name':'w','arguments':{'x':1}}}]},
                  {'role':'tool','content':'r','tool_name':'w','tool_call_id':'c1'}]}"""));
        assertThat(there.lost()).containsExactlyInAnyOrder("tool_choice", "parallel_tool_calls", "strict", "image");
    }

    @Test
    void a_failed_tool_says_so_in_words() throws Exception {
        Said there = said("""
                {'max_tokens':5,'messages':[{'role':'assistant','content':[{'type':'tool_use','id':'t1','name':'w','input':{}}]},
                 {'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':'gone','is_error':true},
                  {'type':'text','text':'and?'}]}]}""", ANTHROPIC_MESSAGES, OLLAMA_CHAT);

        assertThat(there.body().at("/messages/1/content").asText()).isEqualTo("Error: gone");
        assertThat(there.body().at("/messages/1/tool_name").asText()).isEqualTo("w");
        assertThat(there.body().at("/messages/2")).isEqualTo(json("{'role':'user','content':'and?'}"));
    }

    @Test
    void a_turn_of_the_models_of_which_nothing_is_left_is_left_out_and_one_of_the_users_is_not() throws Exception {
        Said there = said("""
                {'max_tokens':5,'messages':[{'role':'user','content':[{'type':'container_upload','file_id':'f'}]},
                 {'role':'assistant','content':[{'type':'redacted_thinking','data':'QUJD'},
                  {'type':'server_tool_use','id':'s1','name':'web_search','input':{}}]},
                 {'role':'user','content':'and?'}]}""", ANTHROPIC_MESSAGES, OLLAMA_CHAT);

        assertThat(there.body().path("messages"))
                .isEqualTo(json("[{'role':'user','content':''},{'role':'user','content':'and?'}]"));
        assertThat(there.lost()).containsExactly("container_upload", "reasoning", "server_tool_use");
    }

    @Test
    void a_model_that_may_call_nothing_gets_no_tools() throws Exception {
        Said there = said("""
                {'tool_choice':'none','tools':[{'type':'function','function':{'name':'w'}}],
                 'messages':[{'role':'user','content':'u'}]}""", OPENAI_CHAT, OLLAMA_CHAT);

        assertThat(there.body().has("tools")).isFalse();
        assertThat(there.lost()).isEmpty();
    }

    @Test
    void a_prompt_is_a_chat_of_one_turn() throws Exception {
        Said there = said("""
                {'system':'s','prompt':'p','images':['QUJD'],'stream':false,'options':{'num_predict':-1},'raw':false,
                 'suffix':'after','context':[1,2]}""", OLLAMA_GENERATE, OPENAI_CHAT);

        assertThat(there.body()).isEqualTo(json("""
                {'messages':[{'role':'system','content':'s'},{'role':'user','content':[
                 {'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}},{'type':'text','text':'p'}]}]}"""));
        assertThat(there.lost()).containsExactlyInAnyOrder("suffix", "context");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void thinking_is_switched(String think) throws Exception {
        Said there =
                said("{'think':" + think + ",'messages':[{'role':'user','content':'u'}]}", OLLAMA_CHAT, OLLAMA_CHAT);

        assertThat(there.body().path("think")).isEqualTo(json(think));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "{'messages':{}} | messages",
                "{'messages':[{'role':'judge'}]} | messages[0].role",
                "{'messages':[{'role':'user','content':[]}]} | messages[0].content",
                "{'messages':[{'role':'user','images':[1]}]} | messages[0].images[0]",
                "{'options':7} | options",
                "{'options':{'stop':7}} | options.stop",
                "{'format':'xml'} | format",
                "{'think':3} | think",
            })
    void says_where_a_value_means_nothing(String request, String path) {
        assertThatThrownBy(() -> said(request, OLLAMA_CHAT, OPENAI_CHAT))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(path);
    }

    private static List<String> ofOpenAi(Dialect client, String... data) throws Exception {
        StringBuilder stream = new StringBuilder();
        for (String each : data) {
            stream.append("data: ").append(each).append("\n\n");
        }
        return texts(heard(
                bytes(stream.toString()),
                OPENAI_CHAT,
                client,
                "{'prompt':'p','messages':[{'role':'user','content':'u'}]}",
                1 << 16));
    }

    private static final String FINISH =
            "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}],'usage':{'prompt_tokens':9,'completion_tokens':4}}";

    @Test
    void an_openai_stream_becomes_lines_with_each_call_whole() throws Exception {
        assertThat(ofOpenAi(
                        OLLAMA_CHAT,
                        delta("{'reasoning_content':'Hm'}"),
                        delta("{'content':'Hi'}"),
                        delta(
                                "{'tool_calls':[{'index':0,'id':'c1','function':{'name':'w','arguments':'{\\\"x\\\":'}}]}"),
                        delta("{'tool_calls':[{'index':0,'function':{'arguments':'1}'}}]}"),
                        FINISH))
                .containsExactly(
                        line("'message':{'role':'assistant','content':'','thinking':'Hm'},'done':false"),
                        line("'message':{'role':'assistant','content':'Hi'},'done':false"),
                        line("'message':{'role':'assistant','content':'','tool_calls':[{'id':'c1','function':"
                                + "{'index':0,'name':'w','arguments':{'x':1}}}]},'done':false"),
                        line("'message':{'role':'assistant','content':''},'done':true,'done_reason':'stop',"
                                + "'total_duration':0,'load_duration':0,'prompt_eval_count':9,"
                                + "'prompt_eval_duration':0,'eval_count':4,'eval_duration':0"));
    }

    private static String line(String members) {
        return "{'model':'m','created_at':'1970-01-01T00:00:07Z'," + members + "}";
    }

    @Test
    void a_prompt_is_answered_with_a_response() throws Exception {
        assertThat(ofOpenAi(OLLAMA_GENERATE, delta("{'content':'Hi'}"), FINISH).getFirst())
                .isEqualTo(line("'response':'Hi','done':false"));
    }

    private static final String LINES = """
            {'model':'m','message':{'role':'assistant','content':'','thinking':'Hm'},'done':false}
            {'model':'m','message':{'role':'assistant','content':'Hi'},'done':false}
            {'model':'m','message':{'role':'assistant','content':'','tool_calls':[{'function':{'name':'w','arguments':{'x':1.0}}}]},'done':false}
            {'model':'m','message':{'role':'assistant','content':''},'done':true,'done_reason':'stop','prompt_eval_count':9,'eval_count':4}
            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1 << 16})
    void lines_become_an_openai_stream_however_they_are_cut(int pieces) throws Exception {
        List<String> heard = texts(heard(
                bytes(LINES),
                OLLAMA_CHAT,
                OPENAI_CHAT,
                "{'messages':[],'stream':true,'stream_options':{'include_usage':true}}",
                pieces));

        assertThat(heard).hasSize(8).last().isEqualTo("[DONE]");
        assertThat(heard.get(1)).contains("'delta':{'reasoning_content':'Hm'}");
        assertThat(heard.get(2)).contains("'delta':{'content':'Hi'}");
        assertThat(heard.get(3)).contains("'id':'call_t1_0'").contains("'name':'w'");
        assertThat(heard.get(4)).contains("{\\'x\\':1.0}");
        assertThat(heard.get(5)).contains("'finish_reason':'tool_calls'");
        assertThat(heard.get(6)).contains("'prompt_tokens':9,'completion_tokens':4");
    }

    @Test
    void a_whole_answer_becomes_one_of_anthropic() throws Exception {
        assertThat(whole(json("""
                                {'model':'m','message':{'role':'assistant','content':'Hi','tool_calls':[
                                 {'id':'c1','function':{'name':'w','arguments':{}}}]},
                                 'done':true,'done_reason':'length','prompt_eval_count':9,'eval_count':4}"""), OLLAMA_CHAT, ANTHROPIC_MESSAGES, "{'max_tokens':9,'messages':[]}"))
                .isEqualTo(json("""
                        {'id':'msg_t1','type':'message','role':'assistant','model':'m','content':[
                         {'type':'text','text':'Hi'},{'type':'tool_use','id':'c1','name':'w','input':{}}],
                         'stop_reason':'max_tokens','stop_sequence':null,
                         'usage':{'input_tokens':9,'output_tokens':4}}"""));
    }

    @Test
    void a_whole_answer_of_anthropic_becomes_one_line() throws Exception {
        assertThat(whole(json("""
                                {'content':[{'type':'thinking','thinking':'Hm','signature':'s'},{'type':'text','text':'Hi'},
                                 {'type':'tool_use','id':'t1','name':'w','input':{'x':1}}],
                                 'stop_reason':'tool_use','usage':{'input_tokens':9,'output_tokens':4}}"""), ANTHROPIC_MESSAGES, OLLAMA_CHAT, "{'messages':[{'role':'user','content':'u'}]}")
                        .path("message"))
                .isEqualTo(json("""
                        {'role':'assistant','content':'Hi','thinking':'Hm','tool_calls':[
                         {'id':'t1','function':{'index':0,'name':'w','arguments':{'x':1}}}]}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama.chat", "ollama.generate"})
    void who_asks_nothing_loads_the_model(String client) throws Exception {
        Dialect dialect = client.equals("ollama.chat") ? OLLAMA_CHAT : OLLAMA_GENERATE;
        Said there = said("{'system':'s','options':{'num_ctx':9},'keep_alive':'5m'}", dialect, OPENAI_CHAT);
        List<String> lines = texts(heard(
                bytes("data: " + delta("{'content':'Hello'}") + "\n\ndata: " + FINISH + "\n\n"),
                OPENAI_CHAT,
                dialect,
                "{'keep_alive':'5m'}",
                1 << 16));

        assertThat(there.body().path("max_tokens").asInt()).isEqualTo(1);
        assertThat(there.body().path("messages")).hasSize(1);
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .endsWith("'done':true,'done_reason':'load'}")
                .doesNotContain("Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "'0'", "'0s'", "'0m'", "0.0"})
    void nobody_but_an_ollama_is_told_to_unload(String time) {
        assertThatThrownBy(() -> said("{'keep_alive':" + time + "}", OLLAMA_GENERATE, OPENAI_CHAT))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("keep_alive");
    }
}
