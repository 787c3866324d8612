package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model cites has no words in other dialects: the client gets the text, and the trace says what is missing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CitationsTest extends EngineFixture {

    private static final String OF_CHAT = "'annotations':[{'type':'url_citation'}]";
    private static final String OF_MESSAGES = "'citations':[{'type':'page_location'}]";
    private static final String OF_RESPONSES =
            "{'type':'output_text','text':'Hi','annotations':[{'type':'file_citation'}]}";

    private String told(Dialect server, Tape tape, boolean streamed) throws Exception {
        layout.backend("gpu", "m");
        backends.dialects = Set.of(server);
        backends.on("gpu", call -> tape);
        Dialect client = server.equals(Dialect.OPENAI_CHAT) ? Dialect.ANTHROPIC_MESSAGES : Dialect.OPENAI_CHAT;
        String asked = "{'model':'gpu/m','max_tokens':9,'stream':%s,'messages':[{'role':'user','content':'Hi'}]}";
        try (RoutedResponse response = ask(RouteRequest.of(client, Body.of(quoted(asked.formatted(streamed)))))) {
            assertThat(read(response)).contains("Hi").doesNotContain("citation");
            return response.trace().notes().toString();
        }
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    openai.chat        | {'choices':[{'message':{'content':'Hi',CHAT},'finish_reason':'stop'}]}
                    anthropic.messages | {'content':[{'type':'text','text':'Hi',MESSAGES}],'stop_reason':'end_turn'}
                    openai.responses   | {'output':[{'type':'message','content':[RESPONSES]}],'status':'completed'}
                    """)
    void are_noted_of_a_whole_answer(String server, String reply) throws Exception {
        String whole =
                reply.replace("CHAT", OF_CHAT).replace("MESSAGES", OF_MESSAGES).replace("RESPONSES", OF_RESPONSES);

        assertThat(told(dialect(server), Tape.json(quoted(whole)), false)).contains("the answer lost citations");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    openai.chat        | {'choices':[{'delta':{'content':'Hi'}}]} | {'choices':[{'delta':{CHAT}}]} | {'choices':[{'delta':{},'finish_reason':'stop'}]}
                    anthropic.messages | {'type':'content_block_delta','delta':{'type':'text_delta','text':'Hi'}} | {'type':'content_block_delta','delta':{'type':'citations_delta'}} | {'type':'message_delta','delta':{'stop_reason':'end_turn'}}
                    openai.responses   | {'type':'response.output_text.delta','delta':'Hi'} | {'type':'response.output_text.annotation.added'} | {'type':'response.completed','response':{}}
                    """)
    void are_noted_of_a_stream(String server, String text, String cited, String end) throws Exception {
        Tape tape = Tape.sse();
        for (String data : new String[] {text, cited.replace("CHAT", OF_CHAT), end}) {
            tape.then("data: " + quoted(data) + "\n\n");
        }

        assertThat(told(dialect(server), tape, true)).contains("the answer lost citations");
    }

    private static Dialect dialect(String id) {
        return Dialect.KNOWN.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
