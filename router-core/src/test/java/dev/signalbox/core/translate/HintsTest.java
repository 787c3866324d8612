package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OLLAMA_GENERATE;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Words.json;
import static dev.signalbox.core.translate.Words.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Edit;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes nothing of an answer can be left out without losing anything. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HintsTest {

    /** As Codex asks. */
    private static final String CODEX = "{'model':'m','instructions':'You mend programs.','input':[{'type':'message',"
            + "'role':'user','content':[{'type':'input_text','text':'Mend it.'},"
            + "{'type':'input_image','image_url':'data:image/png;base64,QUJD','detail':'auto'}]}],"
            + "'tools':[{'type':'function','name':'shell','strict':false,'parameters':{'type':'object'}}],"
            + "'tool_choice':'auto','parallel_tool_calls':true,'reasoning':{'effort':'medium','summary':'auto'},"
            + "'store':false,'stream':true,'include':['reasoning.encrypted_content'],'prompt_cache_key':'k',"
            + "'client_metadata':{'a':'b'},'service_tier':'auto'}";

    @Test
    void an_ordinary_request_of_codex_loses_nothing() throws Exception {
        assertThat(said(CODEX, OPENAI_RESPONSES, OPENAI_CHAT).lost()).isEmpty();
        assertThat(said(CODEX, OPENAI_RESPONSES, ANTHROPIC_MESSAGES).lost()).isEmpty();
    }

    @Test
    void an_ordinary_request_of_claude_code_loses_nothing() throws Exception {
        assertThat(said(
                                "{'max_tokens':32000,'stream':true,'metadata':{'user_id':'u'},'thinking':{'type':'adaptive'},"
                                        + "'system':[{'type':'text','text':'S','cache_control':{'type':'ephemeral'}}],"
                                        + "'tools':[{'name':'w','input_schema':{'type':'object'}}],'messages':[{'role':'user',"
                                        + "'content':[{'type':'text','text':'x','cache_control':{'type':'ephemeral','ttl':'1h'}}]}]}",
                                ANTHROPIC_MESSAGES,
                                OPENAI_CHAT)
                        .lost())
                .isEmpty();
    }

    @Test
    void what_an_ollama_is_told_of_its_machine_is_no_part_of_the_answer() throws Exception {
        assertThat(said(
                                "{'keep_alive':'5m','options':{'num_thread':4,'num_gpu':99,'num_ctx':8192},"
                                        + "'messages':[{'role':'user','content':'u'}]}",
                                OLLAMA_CHAT,
                                OPENAI_CHAT)
                        .lost())
                .containsExactly("options.num_ctx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "'0'", "'0s'", "'0.0h'"})
    void a_model_that_is_to_go_at_once_is_not_unloaded_elsewhere_and_that_is_told(String time) throws Exception {
        String request =
                "{'keep_alive':" + time + ",'options':{'num_thread':4},'messages':[{'role':'user','content':'u'}]}";

        assertThat(said(request, OLLAMA_CHAT, OPENAI_CHAT).lost()).containsExactly("keep_alive");
        assertThat(said(
                                request.replace("'messages':[{'role':'user','content':'u'}]", "'prompt':'u'"),
                                OLLAMA_GENERATE,
                                OPENAI_CHAT)
                        .lost())
                .containsExactly("keep_alive");
    }

    @Test
    void how_closely_an_image_is_looked_at_is_no_hint() throws Exception {
        String request = "{'messages':[{'role':'user','content':[{'type':'image_url',"
                + "'image_url':{'url':'data:image/png;base64,QUJD','detail':'%s'}}]}]}";

        assertThat(said(request.formatted("auto"), OPENAI_CHAT, ANTHROPIC_MESSAGES)
                        .lost())
                .isEmpty();
        assertThat(said(request.formatted("low"), OPENAI_CHAT, ANTHROPIC_MESSAGES)
                        .lost())
                .containsExactly("image_url.detail");
    }

    @Test
    void the_trace_tells_of_hints_that_the_client_does_not_hear_of() throws Exception {
        JsonNode request = json("{'messages':[],'prompt_cache_key':'k','logit_bias':{'1':2}}");
        Losses losses = new Losses(new OpenAiLanguage().hints(request));
        Chat chat = new OpenAiChatReader().read(Spot.root(request));
        new AnthropicChatWriter().write(chat, Manner.USUAL, losses);

        List<Edit> edits = losses.edits();
        assertThat(edits)
                .containsExactly(Edit.remove("/logit_bias").dropping("logit_bias"), Edit.remove("/prompt_cache_key"));
    }
}
