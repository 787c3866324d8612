package dev.signalbox.core.dialect;

import static dev.signalbox.core.dialect.Requests.edited;
import static dev.signalbox.core.dialect.Requests.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.spi.RequestView.Message;
import dev.signalbox.spi.RequestView.ToolCall;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OtherShapesTest {

    @Test
    void reads_the_items_of_a_responses_request() throws Exception {
        ParsedRequest request = read(Dialect.OPENAI_RESPONSES, """
                {'instructions':'Be brief.','max_output_tokens':7,'input':[
                  {'role':'user','content':[{'type':'input_text','text':'What?'},{'type':'input_image','image_url':'data:AAAA'}]},
                  {'type':'reasoning','summary':[]},
                  {'type':'function_call','call_id':'c1','name':'f','arguments':'{ \\'a\\' : 1 }'},
                  {'type':'function_call_output','call_id':'c1','output':'found'},
                  {'type':'message','role':'assistant','content':[{'type':'output_text','text':'That.'}]}],
                 'tools':[{'type':'function','name':'f'},{'type':'web_search'}]}
                """.replace("\\'", "\\\""));

        assertThat(request.messages())
                .containsExactly(
                        new Message("system", "Be brief.", 0),
                        new Message("user", "What?", 1),
                        new Message("tool", "found", 0),
                        new Message("assistant", "That.", 0));
        assertThat(request.toolCalls()).containsExactly(new ToolCall("f", "{\"a\":1}"));
        assertThat(request.tools()).containsExactly("f", "web_search");
        assertThat(request.maxTokens()).hasValue(7);
        assertThat(request.needs()).isEqualTo(Set.of(Capability.CHAT, Capability.TOOLS, Capability.VISION));
    }

    @Test
    void the_best_of_several_texts_needs_all_of_them() throws Exception {
        assertThat(read(Dialect.OPENAI_COMPLETIONS, "{'prompt':'x','n':2,'best_of':5}")
                        .answers())
                .isEqualTo(5);
        assertThat(read(Dialect.OPENAI_COMPLETIONS, "{'prompt':'x','n':2}").answers())
                .isEqualTo(2);
        assertThat(read(Dialect.OPENAI_RESPONSES, "{'input':'x','n':2}").answers())
                .isEqualTo(1);
    }

    @Test
    void reads_a_responses_request_that_is_one_text() throws Exception {
        ParsedRequest request = read(Dialect.OPENAI_RESPONSES, "{'input':'Why?','stream':true}");

        assertThat(request.lastUserText()).isEqualTo("Why?");
        assertThat(request.asksUsage()).isTrue();
        assertThat(edited(request, request.appendInstruction("Now.")))
                .isEqualTo("{'input':'Why?','stream':true,'instructions':'Now.'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'text':{'format':{'type':'json_schema'},'verbosity':'low'}} | json-schema | {'text':{'verbosity':'low'}}",
                "{'text':{'format':{'type':'json_object'}}}                   | json        | {'text':{}}",
                "{'reasoning':{'effort':'high'}}                              | reasoning   | {}",
                "{'top_logprobs':3}                                           | logprobs    | {}",
                "{'tools':[{'type':'x'}],'max_tool_calls':2}                  | tools       | {}",
                "{'input':[{'role':'user','content':[{'type':'input_image','file_id':'f'}]}]} | vision | {'input':[{'role':'user','content':[{'type':'input_text','text':'[image removed]'}]}]}",
            })
    void needs_and_drops_what_a_responses_request_asks_for(String json, String capability, String without)
            throws Exception {
        ParsedRequest request = read(Dialect.OPENAI_RESPONSES, json);
        Capability asked = Capability.of(capability).orElseThrow();

        assertThat(request.needs()).isEqualTo(Set.of(Capability.CHAT, asked));
        assertThat(edited(request, request.drop(asked))).isEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'prompt':'one'}              | one",
                "{'prompt':['one','two']}      | one/two",
                "{'prompt':'one','suffix':'2'} | one/2",
                "{'prompt':null}               | ~~",
            })
    void reads_a_prompt_to_be_continued(String json, String text) throws Exception {
        ParsedRequest request = read(Dialect.OPENAI_COMPLETIONS, json);

        assertThat(request.lastUserText()).isEqualTo(text.replace('/', '\n'));
        assertThat(request.needs()).isEqualTo(Set.of(Capability.COMPLETIONS));
        assertThat(request.appendInstruction("x")).isEmpty();
    }

    @Test
    void asks_a_stream_of_completions_for_usage() throws Exception {
        ParsedRequest request = read(Dialect.OPENAI_COMPLETIONS, "{'stream':true}");

        assertThat(edited(request, request.edits().reportingUsage()))
                .isEqualTo("{'stream':true,'stream_options':{'include_usage':true}}");
    }

    @Test
    void counts_tokens_that_came_as_tokens() throws Exception {
        assertThat(read(Dialect.OPENAI_COMPLETIONS, "{'prompt':[[1,2,3],[4,5]]}")
                        .approximateTokens())
                .isBetween(5L, 10L);
        assertThat(read(Dialect.OPENAI_EMBEDDINGS, "{'input':[1,2,3,4,5,6,7,8,9,10]}")
                        .approximateTokens())
                .isBetween(10L, 15L);
    }

    @Test
    void reads_what_is_to_be_embedded() throws Exception {
        for (Dialect dialect : new Dialect[] {Dialect.OPENAI_EMBEDDINGS, Dialect.OLLAMA_EMBED}) {
            ParsedRequest request = read(dialect, "{'input':['one','two']}");

            assertThat(request.wholeText()).isEqualTo("one\ntwo");
            assertThat(request.needs()).isEqualTo(Set.of(Capability.EMBEDDINGS));
        }
    }

    @Test
    void reads_what_is_to_be_ranked_with_the_query_last() throws Exception {
        ParsedRequest request = read(Dialect.OPENAI_RERANK, "{'query':'cats','documents':['a cat',{'text':'a dog'}]}");

        assertThat(request.lastUserText()).isEqualTo("cats");
        assertThat(request.wholeText()).isEqualTo("a cat\na dog\ncats");
        assertThat(request.needs()).isEqualTo(Set.of(Capability.RERANK));
    }
}
