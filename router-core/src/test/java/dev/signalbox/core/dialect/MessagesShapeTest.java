package dev.signalbox.core.dialect;

import static dev.signalbox.core.dialect.Requests.edited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.RequestView.Message;
import dev.signalbox.spi.RequestView.ToolCall;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessagesShapeTest {

    private static final String CONVERSATION = """
            {'model':'claude-x','max_tokens':100,
             'system':[{'type':'text','text':'Be brief.','cache_control':{'type':'ephemeral'}}],
             'messages':[
              {'role':'user','content':'Look.'},
              {'role':'assistant','content':[
                {'type':'thinking','thinking':'hm','signature':'s'},
                {'type':'text','text':'I look.'},
                {'type':'tool_use','id':'t1','name':'fetch','input':{'url':'http://a','data':'kept','n':1}}]},
              {'role':'user','content':[
                {'type':'tool_result','tool_use_id':'t1','content':[
                  {'type':'text','text':'found'},
                  {'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}]},
                {'type':'text','text':'What is it?'}]},
              {'role':'user','content':[{'type':'tool_result','tool_use_id':'t2','content':'only this'}]}],
             'tools':[{'name':'fetch','input_schema':{}}]}
            """;

    @Test
    void reads_tool_results_as_messages_of_their_own() throws Exception {
        assertThat(read(CONVERSATION).messages())
                .containsExactly(
                        new Message("system", "Be brief.", 0),
                        new Message("user", "Look.", 0),
                        new Message("assistant", "I look.", 0),
                        new Message("tool", "found", 1),
                        new Message("user", "What is it?", 0),
                        new Message("tool", "only this", 0));
    }

    @Test
    void finds_what_the_user_said_last_behind_tool_results() throws Exception {
        assertThat(read(CONVERSATION).lastUserText()).isEqualTo("What is it?");
    }

    @Test
    void keeps_the_whole_input_of_a_tool_call() throws Exception {
        assertThat(read(CONVERSATION).toolCalls())
                .containsExactly(new ToolCall("fetch", "{\"data\":\"kept\",\"n\":1,\"url\":\"http://a\"}"));
        assertThat(read(CONVERSATION).tools()).containsExactly("fetch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                                   | [chat]",
                "{'tools':[{}],'tool_choice':{'type':'auto'}}         | [chat, tools]",
                "{'tools':[{}],'tool_choice':{'type':'none'}}         | [chat]",
                "{'tools':[{}],'tool_choice':{'type':'any'}}          | [chat, tools, tool-choice]",
                "{'tools':[{}],'tool_choice':{'type':'tool','name':'f'}} | [chat, tools, tool-choice]",
                "{'thinking':{'type':'enabled','budget_tokens':1024}} | [chat, reasoning]",
                "{'thinking':{'type':'adaptive'}}                     | [chat, reasoning]",
                "{'thinking':{'type':'disabled'}}                     | [chat]",
                "{'output_config':{'format':{'type':'json_schema'}}}  | [chat, json-schema]",
                "{'messages':[{'role':'user','content':[{'type':'image','source':{}}]}]} | [chat, vision]",
                "{'messages':[{'role':'user','content':[{'type':'document','source':{'type':'base64'}}]}]} | [chat, vision]",
                "{'messages':[{'role':'user','content':[{'type':'document','source':{'type':'text','data':'x'}}]}]} | [chat]",
                "{'messages':[{'role':'assistant','content':[{'type':'tool_use','input':{'type':'image','source':1}}]}]} | [chat]",
            })
    void needs_only_what_its_shape_surely_asks_for(String json, String needs) throws Exception {
        assertThat(read(json).needs().stream().sorted().toList()).hasToString(needs);
    }

    @Test
    void reads_the_text_of_a_document() throws Exception {
        ParsedRequest request = read("{'messages':[{'role':'user','content':[{'type':'document',"
                + "'source':{'type':'text','media_type':'text/plain','data':'the text'}}]}]}");

        assertThat(request.lastUserText()).isEqualTo("the text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                        | {'system':'Now.'}",
                "{'system':null}                           | {'system':'Now.'}",
                "{'system':'Be.'}                          | {'system':'Be.\\n\\nNow.'}",
                "{'system':[]}                             | {'system':[{'type':'text','text':'Now.'}]}",
                "{'system':[{'type':'text','text':'Be.'}]} | {'system':[{'type':'text','text':'Be.'},{'type':'text','text':'Now.'}]}",
            })
    void appends_an_instruction_to_the_system_prompt(String json, String expected) throws Exception {
        ParsedRequest request = read(json);

        assertThat(edited(request, request.appendInstruction("Now."))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | missing",
                "{'messages':7} | a number",
                "{'messages':null} | missing",
                "{'messages':'Hi'} | a string"
            })
    void what_has_no_messages_is_not_counted(String json, String seen) {
        assertThatThrownBy(() -> Requests.read(Dialect.ANTHROPIC_COUNT_TOKENS, json))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("messages: it is %s; an array is expected".formatted(seen));
    }

    @Test
    void puts_words_in_place_of_images_also_inside_tool_results() throws Exception {
        List<Edit> edits = read(CONVERSATION).drop(Capability.VISION);

        assertThat(edits).extracting(Edit::pointer).containsExactly("/messages/2/content/0/content/1");
        assertThat(edited(read(CONVERSATION), edits)).contains("{'type':'text','text':'[image removed]'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "tools       | {'tools':[],'tool_choice':{},'n':1}            | {'n':1}",
                "tool-choice | {'tools':[{}],'tool_choice':{'type':'any'}}    | {'tools':[{}]}",
                "reasoning   | {'thinking':{'type':'enabled'},'n':1}          | {'n':1}",
                "json-schema | {'output_config':{'format':{},'effort':'low'}} | {'output_config':{'effort':'low'}}",
                "audio       | {'n':1}                                        | {'n':1}",
            })
    void does_without_a_capability(String capability, String json, String expected) throws Exception {
        ParsedRequest request = read(json);

        assertThat(edited(request, request.drop(Capability.of(capability).orElseThrow())))
                .isEqualTo(expected);
    }

    @Test
    void is_always_told_the_usage() throws Exception {
        ParsedRequest request = read("{'stream':true,'max_tokens':9}");

        assertThat(request.asksUsage()).isTrue();
        assertThat(request.edits().reportingUsage()).isEmpty();
        assertThat(request.maxTokens()).hasValue(9);
    }

    private static ParsedRequest read(String json) throws BadRequest, IOException {
        return Requests.read(Dialect.ANTHROPIC_MESSAGES, json);
    }
}
