package dev.signalbox.core.dialect;

import static dev.signalbox.core.dialect.Requests.edited;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.RequestView.Message;
import dev.signalbox.spi.RequestView.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChatShapeTest {

    private static final String CONVERSATION = """
            {'model':'m','messages':[
              {'role':'system','content':'Be brief.'},
              {'role':'user','content':[{'type':'text','text':'What is'},{'type':'text','text':'this?'},
                {'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]},
              {'role':'assistant','content':null,'tool_calls':[
                {'id':'c1','type':'function','function':{'name':'look','arguments':'{\\'b\\': [1, 2], \\'a\\':\\'x\\'}'}}]},
              {'role':'tool','tool_call_id':'c1','content':'a cat'},
              {'role':'user','content':'And now?'}],
             'tools':[{'type':'function','function':{'name':'look'}},{'type':'function','function':{'name':'find'}}]}
            """;

    @Test
    void reads_messages_in_order() throws Exception {
        ParsedRequest request = read(CONVERSATION);

        assertThat(request.messages())
                .containsExactly(
                        new Message("system", "Be brief.", 0),
                        new Message("user", "What is\nthis?", 1),
                        new Message("assistant", "", 0),
                        new Message("tool", "a cat", 0),
                        new Message("user", "And now?", 0));
        assertThat(request.lastUserText()).isEqualTo("And now?");
        assertThat(request.wholeText()).isEqualTo("Be brief.\nWhat is\nthis?\n\na cat\nAnd now?");
        assertThat(request.images()).isEqualTo(1);
    }

    @Test
    void reads_tools_and_canonical_calls() throws Exception {
        ParsedRequest request = read(CONVERSATION);

        assertThat(request.tools()).containsExactly("look", "find");
        assertThat(request.toolCalls()).containsExactly(new ToolCall("look", "{\"a\":\"x\",\"b\":[1,2]}"));
    }

    @Test
    void keeps_arguments_that_are_no_json_as_a_text() throws Exception {
        ParsedRequest request = read("{'messages':[{'role':'assistant','tool_calls':["
                + "{'function':{'name':'f','arguments':'{broken'}},{'function':{'name':'g','arguments':''}}]}]}");

        assertThat(request.toolCalls()).containsExactly(new ToolCall("f", "\"{broken\""), new ToolCall("g", "\"\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                                      | chat",
                "{'tools':[]}                                            | chat",
                "{'tools':[{}]}                                          | chat tools",
                "{'functions':[{}]}                                      | chat tools",
                "{'tools':[{}],'tool_choice':'none'}                     | chat",
                "{'tools':[{}],'tool_choice':'auto'}                     | chat tools",
                "{'tools':[{}],'tool_choice':null}                       | chat tools",
                "{'tools':[{}],'tool_choice':'required'}                 | chat tools tool-choice",
                "{'tools':[{}],'tool_choice':{'type':'function','function':{'name':'f'}}} | chat tools tool-choice",
                "{'functions':[{}],'function_call':{'name':'f'}}         | chat tools tool-choice",
                "{'tool_choice':'required'}                              | chat",
                "{'response_format':{'type':'text'}}                     | chat",
                "{'response_format':{'type':'json_object'}}              | chat json",
                "{'response_format':{'type':'json_schema'}}              | chat json-schema",
                "{'logprobs':true}                                       | chat logprobs",
                "{'logprobs':false}                                      | chat",
                "{'reasoning_effort':'low'}                              | chat reasoning",
                "{'reasoning_effort':'none'}                             | chat",
                "{'reasoning_effort':null}                               | chat",
                "{'reasoning':{'effort':'high'}}                         | chat reasoning",
                "{'modalities':['text','audio']}                         | chat audio",
                "{'stream':true}                                         | chat",
                "{'messages':[{'content':[{'type':'image_url','image_url':{'url':'x'}}]}]}    | chat vision",
                "{'messages':[{'content':[{'type':'input_audio','input_audio':{}}]}]}         | chat audio",
                "{'messages':[{'content':'image_url'}]}                  | chat",
                "{'messages':[{'role':'tool','content':'x','source':1}]} | chat",
            })
    void needs_only_what_its_shape_surely_asks_for(String json, String needs) throws Exception {
        Set<Capability> expected = Arrays.stream(needs.split(" "))
                .map(id -> Capability.of(id).orElseThrow())
                .collect(Collectors.toSet());

        assertThat(read(json).needs()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'max_tokens':5}                             | 5",
                "{'max_tokens':5,'max_completion_tokens':7}   | 7",
                "{'max_tokens':-1}                            | -1",
                "{'max_tokens':'5'}                           | -1",
                "{'max_tokens':1e400}                         | -1",
                "{}                                           | -1",
            })
    void tells_the_most_tokens_if_it_is_a_number_of_tokens(String json, long most) throws Exception {
        assertThat(read(json).maxTokens().orElse(-1)).isEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'n':4} | 4",
                "{'n':1} | 1",
                "{'n':0} | 1",
                "{'n':-2} | 1",
                "{'n':null} | 1",
                "{'n':'4'} | 1",
                "{} | 1"
            })
    void tells_how_many_answers_are_made(String json, long answers) throws Exception {
        assertThat(read(json).answers()).isEqualTo(answers);
    }

    @Test
    void reads_tools_that_take_a_text_and_their_calls() throws Exception {
        ParsedRequest request = read(
                "{'tools':[{'type':'custom','custom':{'name':'edit'}},{'type':'function','function':{'name':'f'}}],"
                        + "'messages':[{'role':'assistant','tool_calls':[{'type':'custom','custom':{'name':'edit','input':'x'}}]}]}");

        assertThat(request.tools()).containsExactly("edit", "f");
        assertThat(request.toolCalls()).containsExactly(new ToolCall("edit", "\"x\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[{'role':'system','content':'Be \\u00e4 brief.'}] | [{'role':'system','content':'Be \\u00e4 brief.\\n\\nNow.'}]",
                "[{'role':'developer','content':''}]     | [{'role':'developer','content':'Now.'}]",
                "[{'role':'system','content':null}]      | [{'role':'system','content':'Now.'}]",
                "[{'role':'user','content':'x'}]         | [{'role':'system','content':'Now.'},{'role':'user','content':'x'}]",
                "[]                                      | [{'role':'system','content':'Now.'}]",
                "[{'role':'system','content':[{'type':'text','text':'a'}]}] | [{'role':'system','content':[{'type':'text','text':'a'},{'type':'text','text':'Now.'}]}]",
            })
    void appends_an_instruction_to_the_system_prompt(String messages, String expected) throws Exception {
        ParsedRequest request = read("{'messages':" + messages + "}");

        assertThat(edited(request, request.appendInstruction("Now."))).isEqualTo("{'messages':" + expected + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "tools     | {'tools':[{}],'tool_choice':'auto','n':1} | {'n':1}",
                "reasoning | {'n':1,'reasoning_effort':'high'}         | {'n':1}",
                "json-schema | {'response_format':{'type':'json_schema'}} | {}",
                "logprobs  | {'logprobs':true,'top_logprobs':2,'n':1}  | {'n':1}",
                "parallel-tools | {'parallel_tool_calls':true}         | {}",
                "tool-choice | {'tools':[{}],'tool_choice':'required'} | {'tools':[{}]}",
                "chat      | {'messages':[]}                           | {'messages':[]}",
                "vision    | {'messages':[{'content':[{'type':'image_url','image_url':{}}]}]} | {'messages':[{'content':[{'type':'text','text':'[image removed]'}]}]}",
                "audio     | {'messages':[{'content':[{'type':'input_audio','input_audio':{}}]}]} | {'messages':[{'content':[{'type':'text','text':'[audio removed]'}]}]}",
                "vision    | {'messages':[{'content':'none'}]}         | {'messages':[{'content':'none'}]}",
            })
    void does_without_a_capability(String capability, String json, String expected) throws Exception {
        ParsedRequest request = read(json);
        var edits = request.drop(Capability.of(capability).orElseThrow());

        assertThat(edited(request, edits)).isEqualTo(expected);
        assertThat(edits).allSatisfy(edit -> assertThat(edit.drops()).contains(capability));
    }

    @Test
    void edits_the_message_it_means_although_another_edit_puts_one_before_it() throws Exception {
        ParsedRequest request = read("{'messages':[{'role':'user','content':"
                + "[{'type':'text','text':'x'},{'type':'image_url','image_url':{}}]}]}");
        List<Edit> edits = new ArrayList<>(request.appendInstruction("Now."));
        edits.addAll(request.drop(Capability.VISION));

        assertThat(edited(request, edits))
                .isEqualTo("{'messages':[{'role':'system','content':'Now.'},{'role':'user','content':"
                        + "[{'type':'text','text':'x'},{'type':'text','text':'[image removed]'}]}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'stream':true}                                          | {'stream':true,'stream_options':{'include_usage':true}}",
                "{'stream':true,'stream_options':null}                    | {'stream':true,'stream_options':{'include_usage':true}}",
                "{'stream':true,'stream_options':{'x':1}}                 | {'stream':true,'stream_options':{'x':1,'include_usage':true}}",
                "{'stream':true,'stream_options':{'include_usage':false}} | {'stream':true,'stream_options':{'include_usage':true}}",
            })
    void asks_for_usage_where_the_client_did_not(String json, String expected) throws Exception {
        ParsedRequest request = read(json);

        assertThat(request.asksUsage()).isFalse();
        assertThat(edited(request, request.edits().reportingUsage())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{}", "{'stream':false}", "{'stream':true,'stream_options':{'include_usage':true}}"})
    void asks_for_no_usage_that_comes_anyway(String json) throws Exception {
        assertThat(read(json).asksUsage()).isTrue();
        assertThat(read(json).edits().reportingUsage()).isEmpty();
    }

    @Test
    void estimates_the_tokens_of_all_that_is_sent() throws Exception {
        long plain =
                read("{'messages':[{'role':'user','content':'hello there'}]}").approximateTokens();
        long withTools =
                read("{'messages':[{'role':'user','content':'hello there'}],'tools':[{'type':'function','function':{'name':'look'}}]}")
                        .approximateTokens();

        assertThat(plain).isBetween(5L, 8L);
        assertThat(withTools).isGreaterThan(plain + 8);
        assertThat(read(CONVERSATION).approximateTokens()).isGreaterThan(800);
    }

    private static ParsedRequest read(String json) throws BadRequest, IOException {
        return Requests.read(Dialect.OPENAI_CHAT, json);
    }
}
