package dev.signalbox.core.dialect;

import static dev.signalbox.core.dialect.Requests.edited;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.spi.RequestView.Message;
import dev.signalbox.spi.RequestView.ToolCall;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OllamaShapesTest {

    @Test
    void reads_messages_with_images_beside_the_text() throws Exception {
        ParsedRequest request = chat("{'messages':[{'role':'system','content':'Be brief.'},"
                + "{'role':'user','content':'What?','images':['AAAA','BBBB']},"
                + "{'role':'assistant','content':'','tool_calls':[{'function':{'name':'f','arguments':{'url':'x','b':1}}}]},"
                + "{'role':'tool','content':'found','tool_name':'f'}],'options':{'num_predict':40}}");

        assertThat(request.messages())
                .containsExactly(
                        new Message("system", "Be brief.", 0),
                        new Message("user", "What?", 2),
                        new Message("assistant", "", 0),
                        new Message("tool", "found", 0));
        assertThat(request.toolCalls()).containsExactly(new ToolCall("f", "{\"b\":1,\"url\":\"x\"}"));
        assertThat(request.maxTokens()).hasValue(40);
        assertThat(request.images()).isEqualTo(2);
    }

    @Test
    void reads_a_prompt_as_a_users_message() throws Exception {
        ParsedRequest request = generate("{'system':'Be brief.','prompt':'Why?','images':['AAAA']}");

        assertThat(request.messages())
                .containsExactly(new Message("system", "Be brief.", 0), new Message("user", "Why?", 1));
        assertThat(request.images()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                             | [chat]            | [chat]",
                "{'format':'json'}              | [chat, json]      | [chat, json]",
                "{'format':{'type':'object'}}   | [chat, json-schema] | [chat, json-schema]",
                "{'format':''}                  | [chat]            | [chat]",
                "{'think':true}                 | [chat, reasoning] | [chat, reasoning]",
                "{'think':'high'}               | [chat, reasoning] | [chat, reasoning]",
                "{'think':false}                | [chat]            | [chat]",
                "{'logprobs':true}              | [chat, logprobs]  | [chat, logprobs]",
                "{'tools':[{}]}                 | [chat, tools]     | [chat]",
                "{'messages':[{'images':['A']}]}| [chat, vision]    | [chat]",
            })
    void needs_only_what_its_shape_surely_asks_for(String json, String chat, String generate) throws Exception {
        assertThat(chat(json).needs().stream().sorted().toList()).hasToString(chat);
        assertThat(generate(json).needs().stream().sorted().toList()).hasToString(generate);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "vision    | {'messages':[{'content':'x','images':['A','B']},{'images':['C']}]} | {'messages':[{'content':'x'},{}]}",
                "tools     | {'tools':[{}],'n':1}  | {'n':1}",
                "reasoning | {'think':true,'n':1}  | {'n':1}",
                "json      | {'format':'json'}     | {}",
                "logprobs  | {'logprobs':true,'top_logprobs':1} | {}",
            })
    void does_without_a_capability(String capability, String json, String expected) throws Exception {
        ParsedRequest request = chat(json);

        assertThat(edited(request, request.drop(Capability.of(capability).orElseThrow())))
                .isEqualTo(expected);
    }

    @Test
    void takes_the_images_of_a_prompt_out() throws Exception {
        ParsedRequest request = generate("{'prompt':'x','images':['A']}");

        assertThat(edited(request, request.drop(Capability.VISION))).isEqualTo("{'prompt':'x'}");
    }

    @Test
    void appends_an_instruction_where_each_dialect_keeps_it() throws Exception {
        ParsedRequest chat = chat("{'messages':[{'role':'user','content':'x'}]}");
        ParsedRequest system = chat("{'messages':[{'role':'system','content':'Be.'}]}");
        ParsedRequest generate = generate("{'prompt':'x'}");
        ParsedRequest prompted = generate("{'system':'Be.'}");

        assertThat(edited(chat, chat.appendInstruction("Now.")))
                .isEqualTo("{'messages':[{'role':'system','content':'Now.'},{'role':'user','content':'x'}]}");
        assertThat(edited(system, system.appendInstruction("Now.")))
                .isEqualTo("{'messages':[{'role':'system','content':'Be.\\n\\nNow.'}]}");
        assertThat(edited(generate, generate.appendInstruction("Now."))).isEqualTo("{'prompt':'x','system':'Now.'}");
        assertThat(edited(prompted, prompted.appendInstruction("Now."))).isEqualTo("{'system':'Be.\\n\\nNow.'}");
    }

    private static ParsedRequest chat(String json) throws BadRequest, IOException {
        return Requests.read(Dialect.OLLAMA_CHAT, json);
    }

    private static ParsedRequest generate(String json) throws BadRequest, IOException {
        return Requests.read(Dialect.OLLAMA_GENERATE, json);
    }
}
