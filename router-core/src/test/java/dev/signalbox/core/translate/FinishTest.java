package dev.signalbox.core.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why an answer ended: every word of every server, as a client of every dialect is told it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FinishTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # server           | its word                      | openai.chat    | anthropic.messages            | openai.responses  | ollama.chat
                    openai.chat        | stop                          | stop           | end_turn                      | completed         | stop
                    openai.chat        | eos_token                     | stop           | end_turn                      | completed         | stop
                    openai.chat        | stop_sequence                 | stop           | stop_sequence                 | completed         | stop
                    openai.chat        | length                        | length         | max_tokens                    | max_output_tokens | length
                    openai.chat        | tool_calls                    | tool_calls     | tool_use                      | completed         | stop
                    openai.chat        | function_call                 | tool_calls     | tool_use                      | completed         | stop
                    openai.chat        | content_filter                | content_filter | refusal                       | content_filter    | stop
                    openai.chat        | weird                         | weird          | weird                         | completed         | weird
                    anthropic.messages | end_turn                      | stop           | end_turn                      | completed         | stop
                    anthropic.messages | stop_sequence                 | stop           | stop_sequence                 | completed         | stop
                    anthropic.messages | max_tokens                    | length         | max_tokens                    | max_output_tokens | length
                    anthropic.messages | model_context_window_exceeded | length         | model_context_window_exceeded | max_output_tokens | length
                    anthropic.messages | tool_use                      | tool_calls     | tool_use                      | completed         | stop
                    anthropic.messages | refusal                       | content_filter | refusal                       | content_filter    | stop
                    anthropic.messages | pause_turn                    | pause_turn     | pause_turn                    | completed         | pause_turn
                    anthropic.messages | weird                         | weird          | weird                         | completed         | weird
                    openai.responses   | completed                     | stop           | end_turn                      | completed         | stop
                    openai.responses   | max_output_tokens             | length         | max_tokens                    | max_output_tokens | length
                    openai.responses   | content_filter                | content_filter | refusal                       | content_filter    | stop
                    openai.responses   | weird                         | weird          | weird                         | completed         | weird
                    ollama.chat        | stop                          | stop           | end_turn                      | completed         | stop
                    ollama.chat        | length                        | length         | max_tokens                    | max_output_tokens | length
                    ollama.chat        | weird                         | weird          | weird                         | completed         | weird
                    """)
    void every_word_of_a_server_has_one_for_every_client(
            String server, String word, String chat, String messages, String responses, String ollama)
            throws Exception {
        assertThat(told(server, word, Dialect.OPENAI_CHAT)).isEqualTo(chat);
        assertThat(told(server, word, Dialect.ANTHROPIC_MESSAGES)).isEqualTo(messages);
        assertThat(told(server, word, Dialect.OPENAI_RESPONSES)).isEqualTo(responses);
        assertThat(told(server, word, Dialect.OLLAMA_CHAT)).isEqualTo(ollama);
    }

    private static String told(String server, String word, Dialect client) throws Exception {
        JsonNode reply = Words.json(reply(server, word));
        JsonNode told = Words.whole(reply, Words.dialect(server), client, Words.ASKED);
        String where = switch (client.id()) {
            case "openai.chat" -> "/choices/0/finish_reason";
            case "anthropic.messages" -> "/stop_reason";
            case "ollama.chat" -> "/done_reason";
            default -> told.path("status").asText().equals("completed") ? "/status" : "/incomplete_details/reason";
        };
        return told.at(where).asText();
    }

    private static String reply(String server, String word) {
        return switch (server) {
            case "openai.chat" -> "{'choices':[{'message':{'content':'x'},'finish_reason':'" + word + "'}]}";
            case "anthropic.messages" -> "{'content':[{'type':'text','text':'x'}],'stop_reason':'" + word + "'}";
            case "ollama.chat" -> "{'message':{'content':'x'},'done':true,'done_reason':'" + word + "'}";
            default ->
                word.equals("completed")
                        ? "{'output':[],'status':'completed'}"
                        : "{'output':[],'status':'incomplete','incomplete_details':{'reason':'" + word + "'}}";
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"weird", "stop"})
    void a_word_that_responses_have_none_for_is_noted(String word) throws Exception {
        List<String> notes = new ArrayList<>();
        AnswerFacts facts =
                new AnswerFacts("t1", "m", OptionalLong.empty(), () -> Duration.ZERO, () -> Instant.EPOCH, notes::add);
        Asking client = Words.asking(Dialect.OPENAI_RESPONSES);
        Chat asked = client.chats().read(Spot.root(Words.json("{'input':'Hi'}")));
        Gathering gathering = new Gathering(Dialect.OPENAI_CHAT);
        Words.language(Dialect.OPENAI_CHAT).answers().whole(Words.json(reply("openai.chat", word)), gathering);

        client.answerWriter(asked, facts).whole(gathering.answer());

        assertThat(notes).isEqualTo(word.equals("stop") ? List.of() : List.of("the answer lost why it ended: weird"));
    }
}
