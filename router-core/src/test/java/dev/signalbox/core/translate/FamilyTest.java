package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Words.json;
import static dev.signalbox.core.translate.Words.said;
import static dev.signalbox.core.translate.Words.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.core.translate.Words.Said;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What both dialects of OpenAI's define goes from each to the other. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FamilyTest {

    private static final String SAME = "'metadata':{'team':'signals'},'service_tier':'flex','prompt_cache_key':'k',"
            + "'prompt_cache_retention':'24h','user':'ada','safety_identifier':'a1'";

    private static final String RESPONSES = "{'input':'Hi'," + SAME + ",'text':{'verbosity':'low'}}";

    private static final String TOOLS =
            "'tools':[{'type':'function','function':{'name':'signal','parameters':{'type':'object'}}},"
                    + "{'type':'function','function':{'name':'look','parameters':{'type':'object'}}},"
                    + "{'type':'custom','custom':{'name':'edit'}},{'type':'custom','custom':{'name':'run'}}]";

    @Test
    void what_is_said_of_a_request_goes_to_responses() throws Exception {
        Said there = said(
                "{'messages':[{'role':'user','content':'Hi'}]," + SAME + ",'verbosity':'low'}",
                OPENAI_CHAT,
                OPENAI_RESPONSES);

        assertThat(there.lost()).isEmpty();
        assertThat(there.body())
                .isEqualTo(json("{" + SAME + ",'text':{'verbosity':'low'},'store':false,"
                        + "'input':[{'type':'message','role':'user','content':'Hi'}]}"));
    }

    @Test
    void and_to_chats() throws Exception {
        Said there = said(RESPONSES, OPENAI_RESPONSES, OPENAI_CHAT);

        assertThat(there.lost()).isEmpty();
        assertThat(there.body())
                .isEqualTo(json("{" + SAME + ",'verbosity':'low','messages':[{'role':'user','content':'Hi'}]}"));
    }

    @Test
    void a_client_of_responses_finds_it_in_the_answer() throws Exception {
        JsonNode answer = whole(
                json("{'choices':[{'message':{'content':'Yes'},'finish_reason':'stop'}]}"),
                OPENAI_CHAT,
                OPENAI_RESPONSES,
                RESPONSES);

        assertThat(answer.path("metadata")).isEqualTo(json("{'team':'signals'}"));
        assertThat(answer.path("text")).isEqualTo(json("{'format':{'type':'text'},'verbosity':'low'}"));
        assertThat(answer.path("prompt_cache_key").asText()).isEqualTo("k");
        assertThat(answer.path("prompt_cache_retention").asText()).isEqualTo("24h");
        assertThat(answer.path("user").asText()).isEqualTo("ada");
        assertThat(answer.path("safety_identifier").asText()).isEqualTo("a1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"'safety_identifier':'a1'|a1", "'user':'ada'|ada", "'safety_identifier':'a1','user':'ada'|ada"})
    void who_asks_has_one_word_for_anthropic(String asks, String user) throws Exception {
        Said there = said("{'messages':[]," + asks + "}", OPENAI_CHAT, ANTHROPIC_MESSAGES);

        assertThat(there.body().path("metadata")).isEqualTo(json("{'user_id':'" + user + "'}"));
        assertThat(there.lost()).isEmpty();
    }

    @Test
    void a_file_goes_by_its_name_to_servers_of_the_family_only() throws Exception {
        String asked = "{'messages':[{'role':'user','content':[{'type':'text','text':'Read it.'},"
                + "{'type':'file','file':{'file_id':'file-1','filename':'a.pdf'}}]}]}";
        Said there = said(asked, OPENAI_CHAT, OPENAI_RESPONSES);

        assertThat(there.lost()).isEmpty();
        assertThat(there.body().at("/input/0/content/1"))
                .isEqualTo(json("{'type':'input_file','file_id':'file-1','filename':'a.pdf'}"));
        assertThat(said(there.body().toString(), OPENAI_RESPONSES, OPENAI_CHAT)
                        .body()
                        .path("messages"))
                .isEqualTo(json(asked).path("messages"));
        assertThat(said(asked, OPENAI_CHAT, ANTHROPIC_MESSAGES).lost()).containsExactly("file");
        assertThat(said(asked, OPENAI_CHAT, OLLAMA_CHAT).lost()).containsExactly("file");
    }

    @ParameterizedTest
    @CsvSource({
        "openai.responses,auto,auto",
        "openai.responses,required,required",
        "anthropic.messages,auto,{'type':'auto'}",
        "anthropic.messages,required,{'type':'any'}"
    })
    void of_some_allowed_tools_only_those_are_offered(String to, String mode, String choice) throws Exception {
        Said there = said(asking(mode), OPENAI_CHAT, Words.dialect(to));

        assertThat(there.lost()).isEmpty();
        assertThat(there.body().path("tools").findValuesAsText("name")).containsExactly("signal", "edit");
        assertThat(there.body().path("tool_choice"))
                .isEqualTo(json(choice.startsWith("{") ? choice : "'" + choice + "'"));
    }

    @Test
    void where_nobody_can_be_made_to_call_one_that_alone_is_lost() throws Exception {
        Said there = said(asking("required"), OPENAI_CHAT, OLLAMA_CHAT);

        assertThat(there.lost()).containsExactly("tool_choice");
        assertThat(there.body().path("tools").findValuesAsText("name")).containsExactly("signal", "edit");
        assertThat(said(asking("auto"), OPENAI_CHAT, OLLAMA_CHAT).lost()).isEmpty();
    }

    @Test
    void responses_allow_them_likewise() throws Exception {
        Said there = said(
                "{'input':'Hi','tools':[{'type':'function','name':'signal'},{'type':'function','name':'look'}],'tool_choice':"
                        + "{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'look'},"
                        + "{'type':'mcp','server_label':'points'}]}}",
                OPENAI_RESPONSES,
                OPENAI_CHAT);

        assertThat(there.lost()).isEmpty();
        assertThat(there.body().path("tools").findValuesAsText("name")).containsExactly("look");
        assertThat(there.body().path("tool_choice").asText()).isEqualTo("required");
    }

    @Test
    void a_manner_of_allowing_that_means_nothing_is_refused() {
        Malformed refused =
                catchThrowableOfType(Malformed.class, () -> said(asking("perhaps"), OPENAI_CHAT, OPENAI_RESPONSES));

        assertThat(refused).hasMessageContaining("tool_choice.allowed_tools.mode: it is \"perhaps\"");
    }

    private static String asking(String mode) {
        return "{'messages':[{'role':'user','content':'Hi'}]," + TOOLS
                + ",'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'" + mode
                + "','tools':[{'type':'function','function':{'name':'signal'}},{'type':'custom','custom':{'name':'edit'}}]}}}";
    }
}
