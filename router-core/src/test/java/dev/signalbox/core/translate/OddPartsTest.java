package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Words.ASKED;
import static dev.signalbox.core.translate.Words.dialect;
import static dev.signalbox.core.translate.Words.json;
import static dev.signalbox.core.translate.Words.told;
import static dev.signalbox.core.translate.Words.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of answers that servers tell in a way of their own: they are what they are in a whole answer. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OddPartsTest {

    @Test
    void probabilities_of_a_text_that_is_told_with_its_item_are_told_once() throws Exception {
        String part = "{'type':'output_text','text':'Hi','logprobs':[{'token':'Hi'}]}";

        assertThat(told(
                        OPENAI_RESPONSES,
                        OPENAI_CHAT,
                        "{'type':'response.output_text.done','output_index':0,'text':'Hi','logprobs':[{'token':'Hi'}]}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'type':'message','content':["
                                + part + "]}}"))
                .filteredOn(text -> text.contains("'token':'Hi'"))
                .hasSize(1);
    }

    @Test
    void a_thought_of_several_parts_is_one_thought_in_a_stream_too() throws Exception {
        String part =
                "{'type':'response.content_part.%s','output_index':0,'content_index':%d,'part':{'type':'reasoning_text'}}";
        String delta = "{'type':'response.reasoning_text.delta','output_index':0,'content_index':%d,'delta':'%s'}";
        List<String> told = told(
                OPENAI_RESPONSES,
                ANTHROPIC_MESSAGES,
                part.formatted("added", 0),
                delta.formatted(0, "Hm"),
                part.formatted("done", 0),
                part.formatted("added", 1),
                delta.formatted(1, "Oh"),
                part.formatted("done", 1));

        assertThat(told)
                .filteredOn(text -> text.contains("content_block_start"))
                .hasSize(1);
        assertThat(told)
                .filteredOn(text -> text.contains("thinking_delta"))
                .extracting(text -> text.replaceAll(".*'thinking':'(.*)'.*", "$1"))
                .containsExactly("Hm", "\\n\\n", "Oh");
    }

    @Test
    void a_call_is_over_where_the_next_block_has_its_number() throws Exception {
        String begin = "{'type':'content_block_start','index':0,'content_block':{%s}}";
        List<String> told = told(
                ANTHROPIC_MESSAGES,
                OPENAI_RESPONSES,
                begin.formatted("'type':'tool_use','id':'a','name':'w','input':{}"),
                begin.formatted("'type':'text','text':'one'"),
                "{'type':'content_block_stop','index':0}",
                begin.formatted("'type':'text','text':'two'"));

        assertThat(told.get(told.size() - 2)).contains("'text':'two'");
        assertThat(told)
                .filteredOn(text -> text.contains("response.function_call_arguments.done"))
                .singleElement()
                .isEqualTo(told.get(4));
        assertThat(told.getLast()).containsSubsequence("'arguments':'{}'", "'text':'one'", "'text':'two'");
    }

    @Test
    void an_answer_in_which_nothing_was_said_may_say_so() throws Exception {
        JsonNode reply = json("{'type':'message','content':null,'stop_reason':'max_tokens'}");

        assertThat(whole(reply, ANTHROPIC_MESSAGES, OPENAI_CHAT, ASKED)
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo("length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai.chat", "ollama.chat"})
    void a_signature_that_cannot_be_told_is_noted_of_a_whole_answer_too(String client) throws Exception {
        List<String> notes = new ArrayList<>();
        AnswerFacts facts =
                new AnswerFacts("t1", "m", OptionalLong.empty(), () -> Duration.ZERO, () -> Instant.EPOCH, notes::add);
        Gathering gathering = new Gathering(ANTHROPIC_MESSAGES);
        Words.language(ANTHROPIC_MESSAGES)
                .answers()
                .whole(json("{'content':[{'type':'thinking','thinking':'Hm','signature':'s'}]}"), gathering);
        Chat asked = Words.asking(dialect(client)).chats().read(Spot.root(json(ASKED)));
        Words.asking(dialect(client)).answerWriter(asked, facts).whole(gathering.answer());

        assertThat(notes).containsExactly("the answer lost signature");
    }
}
