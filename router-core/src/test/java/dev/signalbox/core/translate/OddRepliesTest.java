package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Words.ASKED;
import static dev.signalbox.core.translate.Words.bytes;
import static dev.signalbox.core.translate.Words.delta;
import static dev.signalbox.core.translate.Words.dialect;
import static dev.signalbox.core.translate.Words.heard;
import static dev.signalbox.core.translate.Words.json;
import static dev.signalbox.core.translate.Words.said;
import static dev.signalbox.core.translate.Words.texts;
import static dev.signalbox.core.translate.Words.told;
import static dev.signalbox.core.translate.Words.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers and clients say that nobody expects. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OddRepliesTest {

    @Test
    void tokens_of_a_cache_that_were_told_at_the_beginning_still_count_at_the_end() throws Exception {
        assertThat(told(
                        ANTHROPIC_MESSAGES,
                        OPENAI_CHAT,
                        "{'type':'message_start','message':{'usage':{'input_tokens':3,'cache_read_input_tokens':2}}}",
                        "{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                                + "'usage':{'input_tokens':3,'output_tokens':7}}"))
                .anyMatch(text -> text.contains("'prompt_tokens':5,'completion_tokens':7"));
    }

    @Test
    void a_block_that_is_begun_twice_is_a_call_of_its_own_each_time() throws Exception {
        assertThat(
                        told(
                                ANTHROPIC_MESSAGES,
                                OPENAI_CHAT,
                                "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a','name':'v'}}",
                                "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'b','name':'w'}}",
                                "{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'c','name':'x'}}"))
                .filteredOn(text -> text.contains(",'id':'"))
                .extracting(text -> text.replaceAll(".*'tool_calls':\\[\\{'index':(\\d+),'id':'(.)'.*", "$1$2"))
                .containsExactly("0a", "1b", "2c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anthropic.messages", "openai.responses", "ollama.chat"})
    void text_after_a_call_is_told(String client) throws Exception {
        List<String> told = told(
                OPENAI_CHAT,
                dialect(client),
                delta("{'content':'before'}"),
                delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'w','arguments':'{}'}}]}"),
                delta("{'content':'after'}"),
                "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}");

        assertThat(String.join("", told)).contains("'before'", "'after'");
    }

    private static String call(int index, String id, String arguments) {
        String head = id.isEmpty() ? "" : "'id':'%s',".formatted(id);
        String name = id.isEmpty() ? "" : "'name':'%s',".formatted(id);
        return delta("{'tool_calls':[{'index':%d,%s'function':{%s'arguments':'%s'}}]}"
                .formatted(index, head, name, arguments));
    }

    @Test
    void what_a_server_says_after_the_finish_comes_before_it() throws Exception {
        List<String> told = told(
                ANTHROPIC_MESSAGES,
                OPENAI_CHAT,
                "{'type':'message_delta','delta':{'stop_reason':'end_turn'}}",
                "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':'late'}}",
                "{'type':'message_delta','delta':{'stop_reason':'max_tokens'}}");

        assertThat(told.get(1)).contains("'late'");
        assertThat(told.get(2)).contains("'finish_reason':'length'");
        assertThat(told.get(4)).isEqualTo("[DONE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anthropic.messages", "openai.responses"})
    void arguments_that_come_after_the_next_part_has_begun_are_not_told(String client) throws Exception {
        List<String> told = told(
                OPENAI_CHAT,
                dialect(client),
                call(0, "a", "{}"),
                delta("{'content':'Hi'}"),
                call(0, "", "{}"),
                "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}");

        assertThat(told).noneMatch(text -> text.contains("{}{}"));
        assertThat(told)
                .filteredOn(text ->
                        text.contains("'input_json_delta'") || text.contains("response.function_call_arguments.delta"))
                .hasSize(1);
    }

    @Test
    void calls_that_are_never_complete_are_told_one_after_the_other() throws Exception {
        List<String> told = told(
                OPENAI_CHAT,
                ANTHROPIC_MESSAGES,
                call(0, "a", "{"),
                call(1, "b", "{"),
                call(2, "c", "{"),
                call(1, "", "["),
                call(2, "", "["));

        assertThat(told)
                .filteredOn(text -> text.contains("content_block_"))
                .extracting(text -> text.replaceAll(".*'content_block_(\\w+)','index':(\\d).*", "$1$2"))
                .containsExactly(
                        "start0", "delta0", "stop0", "start1", "delta1", "delta1", "stop1", "start2", "delta2",
                        "delta2", "stop2");
    }

    @Test
    void calls_are_counted_as_they_are_told() throws Exception {
        List<String> told = told(
                OPENAI_CHAT,
                OPENAI_CHAT,
                delta("{'tool_calls':[{'index':0,'id':'a'},{'index':1,'id':'b','function':{'name':'v'}}]}"),
                delta(
                        "{'tool_calls':[{'index':0,'function':{'name':'w'}},{'index':1,'function':{'arguments':'{}'}}]}"));

        assertThat(told)
                .filteredOn(text -> text.contains("'tool_calls':["))
                .extracting(text -> text.replaceAll(".*'index':(\\d)(,'id':'(.)')?.*", "$1$3"))
                .containsExactly("0b", "1a", "0");
    }

    @Test
    void a_refusal_after_a_text_is_a_block_of_its_own() throws Exception {
        List<String> told = told(OPENAI_CHAT, ANTHROPIC_MESSAGES, delta("{'content':'Hi'}"), delta("{'refusal':'No'}"));

        assertThat(told)
                .filteredOn(text -> text.contains("content_block_start"))
                .hasSize(2);
    }

    @Test
    void what_is_thought_after_a_signature_is_a_thought_of_its_own() throws Exception {
        String delta = "{'type':'content_block_delta','index':0,'delta':%s}";
        List<String> told = told(
                ANTHROPIC_MESSAGES,
                OPENAI_RESPONSES,
                "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'Hm'}}",
                delta.formatted("{'type':'signature_delta','signature':'AAA'}"),
                delta.formatted("{'type':'thinking_delta','thinking':'Oh'}"),
                delta.formatted("{'type':'signature_delta','signature':'BBB'}"));

        assertThat(told.getLast())
                .containsSubsequence("'text':'Hm'", "AAA'", "'text':'Oh'", "BBB'")
                .doesNotContain("HmOh", "AAABBB");
    }

    @Test
    void probabilities_that_are_told_with_the_whole_text_are_told() throws Exception {
        assertThat(
                        told(
                                OPENAI_RESPONSES,
                                OPENAI_CHAT,
                                "{'type':'response.output_text.delta','output_index':0,'delta':'Hi','logprobs':[]}",
                                "{'type':'response.output_text.done','output_index':0,'text':'Hi','logprobs':[{'token':'Hi'}]}"))
                .anyMatch(text -> text.contains("'logprobs':{'content':[{'token':'Hi'}]"));
    }

    @Test
    void text_after_a_call_keeps_its_place_where_there_are_places() throws Exception {
        JsonNode reply =
                json("{'content':[{'type':'text','text':'before'},{'type':'tool_use','id':'a','name':'w','input':{}},"
                        + "{'type':'text','text':'after'}],'stop_reason':'tool_use'}");

        assertThat(whole(reply, ANTHROPIC_MESSAGES, OPENAI_RESPONSES, ASKED).path("output"))
                .extracting(item -> item.path("type").asText())
                .containsExactly("message", "function_call", "message");
        assertThat(whole(reply, ANTHROPIC_MESSAGES, OPENAI_CHAT, ASKED)
                        .at("/choices/0/message/content")
                        .asText())
                .isEqualTo("beforeafter");
        assertThat(whole(reply, ANTHROPIC_MESSAGES, OLLAMA_CHAT, ASKED)
                        .at("/message/content")
                        .asText())
                .isEqualTo("beforeafter");
    }

    @Test
    void text_after_a_call_survives_in_what_was_said_before() throws Exception {
        String request = "{'max_tokens':9,'messages':[{'role':'assistant','content':[{'type':'text','text':'before'},"
                + "{'type':'tool_use','id':'a','name':'w','input':{}},{'type':'text','text':'after'}]}]}";

        for (Dialect to : List.of(OPENAI_CHAT, OPENAI_RESPONSES, OLLAMA_CHAT)) {
            Words.Said there = said(request, ANTHROPIC_MESSAGES, to);
            Words.Said back = said(there.body(), to, ANTHROPIC_MESSAGES, Manner.USUAL);
            assertThat(there.lost()).isEmpty();
            assertThat(there.body().toString()).contains("before", "after");
            assertThat(back.body().toString()).contains("before", "after");
        }
    }

    @Test
    void a_text_told_in_parts_is_a_text() throws Exception {
        JsonNode reply =
                json("{'choices':[{'message':{'content':[{'type':'text','text':'Hi'}]},'finish_reason':'stop'}]}");

        assertThat(whole(reply, OPENAI_CHAT, ANTHROPIC_MESSAGES, ASKED)
                        .at("/content/0/text")
                        .asText())
                .isEqualTo("Hi");
    }

    @Test
    void whoever_asks_with_functions_is_told_of_the_first_call_only() throws Exception {
        String asked = "{'messages':[],'stream':true,'functions':[{'name':'w'}]}";
        String stream =
                "data: {'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a','name':'w',"
                        + "'input':{'x':1}}}\n\ndata: {'type':'content_block_start','index':1,'content_block':{'type':'tool_use',"
                        + "'id':'b','name':'w','input':{'x':2}}}\n\n";

        assertThat(String.join("", texts(heard(bytes(stream), ANTHROPIC_MESSAGES, OPENAI_CHAT, asked, 1 << 16))))
                .contains("\\'x\\':1")
                .doesNotContain("\\'x\\':2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai.responses", "ollama.chat", "anthropic.messages"})
    void half_a_character_is_not_replaced(String client) throws Exception {
        List<String> told =
                told(OPENAI_CHAT, dialect(client), delta("{'content':'\\ud83d'}"), delta("{'content':'\\ude82'}"));

        assertThat(String.join("", told).toLowerCase(java.util.Locale.ROOT))
                .contains("\\ud83d", "\\ude82")
                .doesNotContain("?");
    }

    @Test
    void calls_that_end_inside_each_other_are_put_in_order_without_end() {
        InOrder inOrder = new InOrder(note -> {});
        List<AnswerEvent> told = new ArrayList<>();
        int calls = 5_000;
        for (int call = 0; call < calls; call++) {
            inOrder.take(new AnswerEvent.CallStarted(call, "", "w"), told::add);
            inOrder.take(new AnswerEvent.CallArguments(call, "{"), told::add);
        }
        for (int call = calls - 1; call >= 0; call--) {
            inOrder.take(new AnswerEvent.CallArguments(call, "}"), told::add);
        }

        assertThat(told).hasSize(3 * calls);
        assertThat(told.get(2)).isEqualTo(new AnswerEvent.CallArguments(0, "}"));
        assertThat(told.getLast()).isEqualTo(new AnswerEvent.CallArguments(calls - 1, "}"));
    }

    @Test
    void a_fraction_is_no_number_of_tokens() {
        assertThatThrownBy(() -> said("{'max_tokens':1.5,'messages':[]}", OPENAI_CHAT, ANTHROPIC_MESSAGES))
                .hasMessage("max_tokens: it is 1.5; a whole number, 0 or more, is expected");
        assertThat(Counts.of(json("1.5"))).isEmpty();
        assertThat(Counts.of(json("1e3"))).hasValue(1000);
    }

    @Test
    void texts_and_stops_of_nothing_but_space_are_not_sent_to_a_server_that_refuses_them() throws Exception {
        Words.Said there = said(
                "{'stop':['\\n','END'],'messages':[{'role':'user','content':'u'},{'role':'assistant','content':'\\n\\n',"
                        + "'tool_calls':[{'id':'a','function':{'name':'w','arguments':'{}'}}]}]}",
                OPENAI_CHAT,
                ANTHROPIC_MESSAGES);

        assertThat(there.body().path("stop_sequences")).isEqualTo(json("['END']"));
        assertThat(there.body().at("/messages/1/content")).hasSize(1);
        assertThat(there.lost()).containsExactly("stop");
    }

    @Test
    void the_type_of_an_image_is_told_without_parameters_or_found_out() throws Exception {
        Words.Said there = said(
                "{'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':"
                        + "'data:image/png;charset=utf-8;base64,QUJD'}},"
                        + "{'type':'image_url','image_url':{'url':'data:;base64,/9j/4AAQ'}}]}]}",
                OPENAI_CHAT,
                ANTHROPIC_MESSAGES);

        assertThat(there.body().at("/messages/0/content/0/source/media_type").asText())
                .isEqualTo("image/png");
        assertThat(there.body().at("/messages/0/content/1/source/media_type").asText())
                .isEqualTo("image/jpeg");
    }
}
