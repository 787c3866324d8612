package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.core.translate.Words.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CallsTest {

    private static final String CALLS = "{'role':'assistant','tool_calls':["
            + "{'id':'call_1','function':{'name':'signal','arguments':{}}},"
            + "{'id':'b','function':{'name':'weather','arguments':{}}}]}";

    @Test
    void results_without_ids_belong_to_calls_that_have_them() throws Malformed {
        assertThat(ids(CALLS, "{'role':'tool','content':'1'}", "{'role':'tool','content':'2'}"))
                .containsExactly("call_1", "b", "call_1", "b");
    }

    @Test
    void a_result_that_names_its_tool_belongs_to_the_call_of_that() throws Malformed {
        assertThat(ids(CALLS, "{'role':'tool','content':'1','tool_name':'weather'}", "{'role':'tool','content':'2'}"))
                .containsExactly("call_1", "b", "b", "call_1");
    }

    @Test
    void a_call_that_was_answered_by_its_id_is_no_longer_there() throws Malformed {
        assertThat(ids(CALLS, "{'role':'tool','content':'1','tool_call_id':'call_1'}", "{'role':'tool','content':'2'}"))
                .containsExactly("call_1", "b", "call_1", "b");
    }

    @Test
    void a_call_that_was_never_answered_is_forgotten_when_the_user_speaks_again() throws Malformed {
        String again = "{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'signal','arguments':{}}}]}";
        assertThat(ids(CALLS, "{'role':'user','content':'Stop.'}", again, "{'role':'tool','content':'1'}"))
                .containsExactly("call_1", "b", "c", "c");
    }

    @Test
    void a_call_without_an_id_gets_none_that_was_there_before() throws Malformed {
        String nameless = "{'role':'assistant','tool_calls':[{'function':{'name':'signal','arguments':{}}}]}";
        assertThat(ids(
                        CALLS,
                        "{'role':'tool','content':'1'}",
                        "{'role':'tool','content':'2'}",
                        nameless,
                        "{'role':'tool','content':'3'}"))
                .containsExactly("call_1", "b", "call_1", "b", "call_2", "call_2");
    }

    /** The ids of calls and results in the order in which OpenAI's servers read them. */
    private static List<String> ids(String... messages) throws Malformed {
        return said("{'messages':[" + String.join(",", messages) + "]}", OLLAMA_CHAT, OPENAI_CHAT)
                .body()
                .path("messages")
                .valueStream()
                .flatMap(message -> message.has("tool_calls")
                        ? message.path("tool_calls").valueStream().map(call -> call.path("id"))
                        : Stream.of(message.path("tool_call_id")))
                .map(id -> id.asText())
                .filter(id -> !id.isEmpty())
                .toList();
    }
}
