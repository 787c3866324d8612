package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Words.json;
import static dev.signalbox.core.translate.Words.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Words.Said;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChatsTest {

    private static JsonNode openAi(String anthropic) throws Malformed {
        return said(anthropic, ANTHROPIC_MESSAGES, OPENAI_CHAT).body();
    }

    private static JsonNode anthropic(String openAi) throws Malformed {
        return said(openAi, OPENAI_CHAT, ANTHROPIC_MESSAGES).body();
    }

    @Test
    void a_system_prompt_beside_the_messages_becomes_the_first_of_them() throws Exception {
        assertThat(openAi(
                        "{'model':'m','max_tokens':9,'system':'Be kind.','messages':[{'role':'user','content':'Hi'}]}"))
                .isEqualTo(json("{'max_tokens':9,'messages':[{'role':'system','content':'Be kind.'},"
                        + "{'role':'user','content':'Hi'}]}"));
    }

    @Test
    void what_the_system_says_later_stays_where_it_was_said() throws Exception {
        String request =
                "{'max_tokens':9,'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':'Yes?'},"
                        + "{'role':'system','content':'Hurry.'},{'role':'user','content':'Go'}]}";

        assertThat(openAi(request).at("/messages/2")).isEqualTo(json("{'role':'system','content':'Hurry.'}"));
        Manner asUser = new Manner(Manner.MidSystem.USER, Manner.Effort.TOKENS, Budgets.USUAL, 1);
        assertThat(said(json(request), ANTHROPIC_MESSAGES, OPENAI_CHAT, asUser)
                        .body()
                        .at("/messages/2"))
                .isEqualTo(json("{'role':'user','content':'Hurry.'}"));
    }

    @Test
    void system_messages_that_lead_become_the_system_prompt_and_others_stay() throws Exception {
        JsonNode said = anthropic("{'messages':[{'role':'system','content':'A'},{'role':'developer','content':'B'},"
                + "{'role':'user','content':'Hi'},{'role':'system','content':'C'}]}");

        assertThat(said.path("system")).isEqualTo(json("[{'type':'text','text':'A'},{'type':'text','text':'B'}]"));
        assertThat(said.path("messages"))
                .isEqualTo(json("[{'role':'user','content':'Hi'},{'role':'system','content':'C'}]"));
    }

    @Test
    void results_of_tools_stay_in_order_and_their_images_follow_them() throws Exception {
        JsonNode messages = openAi("{'max_tokens':9,'messages':[{'role':'user','content':["
                        + "{'type':'tool_result','tool_use_id':'a','content':[{'type':'text','text':'one'},"
                        + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'QUJD'}}]},"
                        + "{'type':'tool_result','tool_use_id':'b','is_error':true,'content':'no such file'},"
                        + "{'type':'text','text':'Go on'}]}]}")
                .path("messages");

        assertThat(messages)
                .isEqualTo(json("[{'role':'tool','tool_call_id':'a','content':'one'},"
                        + "{'role':'tool','tool_call_id':'b','content':'Error: no such file'},"
                        + "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}},"
                        + "{'type':'text','text':'Go on'}]}]"));
    }

    @Test
    void results_told_one_by_one_stand_together_before_their_images() throws Exception {
        standTogether(
                OPENAI_RESPONSES,
                "'input'",
                "{'type':'function_call','call_id':'a','name':'w','arguments':'{}'},"
                        + "{'type':'function_call','call_id':'b','name':'w','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'a','output':[{'type':'input_text','text':'one'},"
                        + "{'type':'input_image','image_url':'data:image/png;base64,iVBORw0KGgo='}]},"
                        + "{'type':'function_call_output','call_id':'b','output':'two'}",
                "{'role':'assistant','content':'Done.'}");
        standTogether(
                OLLAMA_CHAT,
                "'messages'",
                "{'role':'assistant','content':'','tool_calls':["
                        + "{'id':'a','function':{'name':'w','arguments':{}}},{'id':'b','function':{'name':'w','arguments':{}}}]},"
                        + "{'role':'tool','tool_call_id':'a','content':'one','images':['iVBORw0KGgo=']},"
                        + "{'role':'tool','tool_call_id':'b','content':'two'}",
                "{'role':'assistant','content':'Done.'},{'role':'user','content':'Thanks'}");
    }

    private static void standTogether(Dialect client, String member, String turns, String more) throws Malformed {
        Said said = said("{" + member + ":[" + turns + "]}", client, OPENAI_CHAT);
        Said later = said("{" + member + ":[" + turns + "," + more + "]}", client, OPENAI_CHAT);

        String messages = said.body().path("messages").toString().replace('"', '\'');
        assertThat(messages)
                .endsWith(
                        "{'role':'tool','tool_call_id':'a','content':'one'},"
                                + "{'role':'tool','tool_call_id':'b','content':'two'},"
                                + "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo='}}]}]");
        assertThat(later.body().path("messages").toString().replace('"', '\''))
                .startsWith(messages.substring(0, messages.length() - 1));
        assertThat(said.lost()).isEmpty();
    }

    @Test
    void results_of_tools_and_what_is_said_after_them_become_one_message() throws Exception {
        JsonNode said = anthropic("{'messages':[{'role':'user','content':'Weather?'},"
                + "{'role':'assistant','content':'Wait.','tool_calls':["
                + "{'id':'c1','type':'function','function':{'name':'w','arguments':'{\\\"n\\\":1.50}'}},"
                + "{'id':'c2','type':'function','function':{'name':'w','arguments':''}}]},"
                + "{'role':'tool','tool_call_id':'c1','content':'sun'},{'role':'tool','tool_call_id':'c2','content':'rain'},"
                + "{'role':'user','content':'Thanks'}]}");

        assertThat(said.path("messages").toString().replace('"', '\''))
                .isEqualTo(
                        "[{'role':'user','content':'Weather?'},{'role':'assistant','content':["
                                + "{'type':'text','text':'Wait.'},{'type':'tool_use','id':'c1','name':'w','input':{'n':1.50}},"
                                + "{'type':'tool_use','id':'c2','name':'w','input':{}}]},{'role':'user','content':["
                                + "{'type':'tool_result','tool_use_id':'c1','content':'sun'},"
                                + "{'type':'tool_result','tool_use_id':'c2','content':'rain'},{'type':'text','text':'Thanks'}]}]");
    }

    @Test
    void arguments_that_are_no_object_are_kept_in_one() throws Exception {
        assertThat(anthropic("{'messages':[{'role':'assistant','tool_calls':[{'id':'c.1','function':"
                                + "{'name':'w','arguments':'{broken'}}]}]}")
                        .at("/messages/0/content/0"))
                .isEqualTo(json("{'type':'tool_use','id':'c_1','name':'w','input':{'arguments':'{broken'}}"));
    }

    @Test
    void images_and_documents_are_said_without_being_fetched() throws Exception {
        JsonNode content = anthropic(
                        "{'messages':[{'role':'user','content':["
                                + "{'type':'image_url','image_url':{'url':'data:image/jpeg;base64,QUJD','detail':'high'}},"
                                + "{'type':'image_url','image_url':{'url':'http://127.0.0.1:9/x.png'}},"
                                + "{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,REVG'}}]}]}")
                .at("/messages/0/content");

        assertThat(content)
                .isEqualTo(json("[{'type':'image','source':{'type':'base64','media_type':'image/jpeg','data':'QUJD'}},"
                        + "{'type':'image','source':{'type':'url','url':'http://127.0.0.1:9/x.png'}},"
                        + "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'REVG'},"
                        + "'title':'a.pdf'}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    'n':2                                                   | n
                    'seed':1                                                | seed
                    'logit_bias':{'1':2}                                    | logit_bias
                    'response_format':{'type':'json_object'}                | response_format
                    'logprobs':true                                         | logprobs
                    'frequency_penalty':0.5                                 | frequency_penalty
                    'temperature':1.5                                       | temperature
                    'future_thing':{}                                       | future_thing
                    'messages':[{'role':'user','name':'Al','content':'x'}]  | name
                    'messages':[{'role':'user','content':[{'type':'input_audio','input_audio':{}}]}] | input_audio
                    """)
    void what_anthropic_has_no_word_for_is_lost_and_said(String member, String lost) throws Exception {
        String body = member.startsWith("'messages'") ? "{" + member + "}" : "{'messages':[]," + member + "}";

        assertThat(said(body.replace("\"", "'"), OPENAI_CHAT, ANTHROPIC_MESSAGES)
                        .lost())
                .containsExactly(lost);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    'n':1
                    'store':false
                    'frequency_penalty':0
                    'seed':null
                    'response_format':{'type':'text'}
                    'stream_options':{'include_usage':true}
                    'prompt_cache_key':'k','safety_identifier':'s','service_tier':'flex','metadata':{'a':'b'}
                    'prediction':{'type':'content','content':'x'}
                    """)
    void what_changes_nothing_is_no_loss(String member) throws Exception {
        assertThat(said("{'messages':[]," + member + "}", OPENAI_CHAT, ANTHROPIC_MESSAGES)
                        .lost())
                .isEmpty();
    }

    @Test
    void what_openai_has_no_word_for_is_lost_and_said_once() throws Exception {
        Said said = said(
                "{'max_tokens':9,'top_k':3,'system':[{'type':'text','text':'S','cache_control':{'type':'ephemeral'}}],"
                        + "'tools':[{'type':'web_search_20250305','name':'web_search'},{'name':'w','input_schema':{'type':'object'}}],"
                        + "'messages':[{'role':'user','content':[{'type':'text','text':'x','cache_control':{'type':'ephemeral'}}]},"
                        + "{'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'sig'},"
                        + "{'type':'redacted_thinking','data':'zzz'},{'type':'text','text':'y'}]}]}",
                ANTHROPIC_MESSAGES,
                OPENAI_CHAT);

        assertThat(said.lost()).containsExactly("top_k", "tool web_search_20250305", "signature", "redacted_thinking");
        assertThat(said.body().at("/messages/2"))
                .isEqualTo(json("{'role':'assistant','reasoning_content':'hm','content':'y'}"));
        assertThat(said.body().at("/messages/0/content").asText()).isEqualTo("S");
        assertThat(said.body().path("tools")).hasSize(1);
    }

    @Test
    void a_cache_mark_that_moves_on_changes_nothing_before_it() throws Exception {
        String marked = "{'role':'user','content':[{'type':'text','text':'x','cache_control':{'type':'ephemeral'}}]}";
        String plain = "{'role':'user','content':'x'}";

        assertThat(openAi("{'max_tokens':9,'messages':[" + marked + "]}"))
                .isEqualTo(openAi("{'max_tokens':9,'messages':[" + plain + "]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    'auto'                                         | {'type':'auto'}
                    'none'                                         | {'type':'none'}
                    'required'                                     | {'type':'any'}
                    {'type':'function','function':{'name':'w'}}    | {'type':'tool','name':'w'}
                    """)
    void a_choice_of_tools_is_said_both_ways(String openAi, String anthropic) throws Exception {
        String tools = "'tools':[{'type':'function','function':{'name':'w','parameters':{'type':'object'}}}]";
        JsonNode there = anthropic("{'messages':[]," + tools + ",'tool_choice':" + openAi + "}");
        assertThat(there.path("tool_choice")).isEqualTo(json(anthropic));

        JsonNode back =
                said(there, ANTHROPIC_MESSAGES, OPENAI_CHAT, Manner.USUAL).body();
        assertThat(back.path("tool_choice")).isEqualTo(json(openAi));
    }

    @Test
    void calls_one_at_a_time_are_asked_for_even_without_a_choice() throws Exception {
        JsonNode said = anthropic("{'messages':[],'parallel_tool_calls':false,'tools':[{'type':'function','function':"
                + "{'name':'w'}}]}");

        assertThat(said.path("tool_choice")).isEqualTo(json("{'type':'auto','disable_parallel_tool_use':true}"));
        assertThat(said.at("/tools/0/input_schema")).isEqualTo(json("{'type':'object','properties':{}}"));
    }

    @Test
    void so_they_are_with_a_choice_that_anthropic_has_no_word_for() throws Exception {
        JsonNode said = anthropic("{'messages':[],'parallel_tool_calls':false,'tool_choice':{'type':'web_search'},"
                + "'tools':[{'type':'function','function':{'name':'w'}}]}");

        assertThat(said.path("tool_choice")).isEqualTo(json("{'type':'auto','disable_parallel_tool_use':true}"));
    }

    @ParameterizedTest
    @CsvSource({"minimal,1024", "low,2048", "medium,8192", "high,16384", "xhigh,32768", "future,8192"})
    void an_effort_becomes_a_number_of_tokens_that_the_answer_has_beside_its_own(String effort, long tokens)
            throws Exception {
        JsonNode said = anthropic("{'messages':[],'temperature':0.2,'reasoning_effort':'" + effort + "'}");

        assertThat(said.path("thinking").path("budget_tokens").asLong()).isEqualTo(tokens);
        assertThat(said.path("max_tokens").asLong()).isEqualTo(8192 + tokens);
        assertThat(said.has("temperature")).isFalse(); // refused beside thinking
    }

    @Test
    void thinking_has_to_fit_into_the_answer() throws Exception {
        assertThat(anthropic("{'messages':[],'max_tokens':3000,'reasoning_effort':'high'}")
                        .path("thinking"))
                .isEqualTo(json("{'type':'enabled','budget_tokens':2999}"));
        Said tight =
                said("{'messages':[],'max_tokens':500,'reasoning_effort':'high'}", OPENAI_CHAT, ANTHROPIC_MESSAGES);
        assertThat(tight.body().has("thinking")).isFalse();
        assertThat(tight.lost()).containsExactly("reasoning_effort");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    'thinking':{'type':'enabled','budget_tokens':1024}                        | low
                    'thinking':{'type':'enabled','budget_tokens':8000}                        | medium
                    'thinking':{'type':'enabled','budget_tokens':30000}                       | high
                    'thinking':{'type':'disabled'}                                            | none
                    'thinking':{'type':'adaptive'},'output_config':{'effort':'max'}           | xhigh
                    """)
    void thinking_becomes_an_effort(String thinking, String effort) throws Exception {
        assertThat(openAi("{'max_tokens':9,'messages':[]," + thinking + "}")
                        .path("reasoning_effort")
                        .asText())
                .isEqualTo(effort);
    }

    @Test
    void functions_from_before_there_were_tools_are_tools() throws Exception {
        JsonNode said =
                anthropic("{'functions':[{'name':'w','parameters':{'type':'object'}}],'function_call':{'name':'w'},"
                        + "'messages':[{'role':'assistant','content':null,'function_call':{'name':'w','arguments':'{}'}},"
                        + "{'role':'function','name':'w','content':'sun'}]}");

        assertThat(said.path("tool_choice")).isEqualTo(json("{'type':'tool','name':'w'}"));
        assertThat(said.at("/messages/0/content/0/id").asText()).isEqualTo("call_f1");
        assertThat(said.at("/messages/1/content/0"))
                .isEqualTo(json("{'type':'tool_result','tool_use_id':'call_f1','content':'sun'}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {'messages':7}                                              | messages: it is 7; an array is expected
                    {}                                                          | messages: it is missing; an array is expected
                    {'messages':[{'role':'user','content':[{}]}]}               | messages[0].content[0].type: it is missing; a string is expected
                    {'messages':[{'role':'user','content':[{'type':7}]}]}       | messages[0].content[0].type: it is 7; a string is expected
                    {'messages':[{'role':'user','content':{'a':1}}]}            | messages[0].content: it is an object; a string or an array is expected
                    {'messages':['x']}                                          | messages[0]: it is "x"; an object is expected
                    {'messages':[{}]}                                           | messages[0].role: it is missing; a string is expected
                    {'messages':[],'temperature':'hot'}                         | temperature: it is "hot"; a number is expected
                    {'messages':[],'max_tokens':-1}                             | max_tokens: it is -1; a whole number, 0 or more, is expected
                    {'messages':[],'tools':[{'type':'function'}]}               | tools[0].function: it is missing; an object is expected
                    {'messages':[],'tool_choice':'some'}                        | tool_choice: it is "some"; "auto", "none", "required" or an object is expected
                    {'messages':[],'stop':{}}                                   | stop: it is an object; an array is expected
                    {'messages':[{'role':'user','content':[{'type':'image_url','image_url':{}}]}]} | messages[0].content[0].image_url.url: it is missing; a string is expected
                    """)
    void a_value_that_means_nothing_is_told_with_its_place(String request, String message) {
        assertThatThrownBy(() -> said(request.replace("\"", "'"), OPENAI_CHAT, ANTHROPIC_MESSAGES))
                .isInstanceOf(Malformed.class)
                .hasMessage(message);
    }

    @Test
    void a_value_that_means_nothing_to_anthropic_is_told_with_its_place() {
        assertThatThrownBy(() -> said(
                        "{'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':"
                                + "[{'type':'image','source':{'type':'base64','data':'x'}}]}]}]}",
                        ANTHROPIC_MESSAGES,
                        OPENAI_CHAT))
                .hasMessage("messages[0].content[0].content[0].source.media_type: it is missing; a string is expected");
    }
}
