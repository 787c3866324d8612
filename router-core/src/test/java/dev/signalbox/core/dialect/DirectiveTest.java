package dev.signalbox.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DirectiveTest {

    private static final Directive BOTH = new Directive("", "First.", "Last.");
    private static final Directive INSTEAD = new Directive("Other.", "", "Last.");

    private static Dialect dialect(String id) {
        return Dialect.KNOWN.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String made(String id, String json, Directive directive) throws Exception {
        ParsedRequest request = Requests.read(dialect(id), json);
        return Requests.edited(request, request.edits().directing(directive, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    openai.chat        | {'messages':[{'role':'system','content':'S'}]}                          | {'messages':[{'role':'system','content':'First.\\n\\nS\\n\\nLast.'}]}
                    openai.chat        | {'messages':[{'role':'system','content':[{'type':'text','text':'S'}]}]} | {'messages':[{'role':'system','content':[{'type':'text','text':'First.'},{'type':'text','text':'S'},{'type':'text','text':'Last.'}]}]}
                    openai.chat        | {'messages':[{'role':'user','content':'x'}]}                            | {'messages':[{'role':'system','content':'First.\\n\\nLast.'},{'role':'user','content':'x'}]}
                    anthropic.messages | {'system':'S','messages':[]}                                            | {'system':'First.\\n\\nS\\n\\nLast.','messages':[]}
                    anthropic.messages | {'messages':[]}                                                         | {'messages':[],'system':'First.\\n\\nLast.'}
                    ollama.chat        | {'messages':[{'role':'system','content':'S'}]}                          | {'messages':[{'role':'system','content':'First.\\n\\nS\\n\\nLast.'}]}
                    ollama.generate    | {'prompt':'x','system':'S'}                                             | {'prompt':'x','system':'First.\\n\\nS\\n\\nLast.'}
                    openai.responses   | {'input':'x','instructions':'S'}                                        | {'input':'x','instructions':'First.\\n\\nS\\n\\nLast.'}
                    task               | {'prompt':'x','system':'S'}                                             | {'prompt':'x','system':'First.\\n\\nS\\n\\nLast.'}
                    """)
    void words_stand_before_and_after_the_system_prompt(String dialect, String json, String expected) throws Exception {
        assertThat(made(dialect, json, BOTH)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    openai.chat        | {'messages':[{'role':'system','content':'S'}]}            | {'messages':[{'role':'system','content':'Other.\\n\\nLast.'}]}
                    anthropic.messages | {'system':[{'type':'text','text':'S'}],'messages':[]}     | {'system':[{'type':'text','text':'Other.\\n\\nLast.'}],'messages':[]}
                    openai.chat        | {'messages':[{'role':'developer','content':[{'type':'text','text':'S'}]}]} | {'messages':[{'role':'developer','content':[{'type':'text','text':'Other.\\n\\nLast.'}]}]}
                    openai.responses   | {'input':'x','instructions':'S'}                          | {'input':'x','instructions':'Other.\\n\\nLast.'}
                    openai.responses   | {'input':'x'}                                             | {'input':'x','instructions':'Other.\\n\\nLast.'}
                    ollama.chat        | {'messages':[{'role':'system','content':'S'}]}            | {'messages':[{'role':'system','content':'Other.\\n\\nLast.'}]}
                    ollama.generate    | {'prompt':'x'}                                            | {'prompt':'x','system':'Other.\\n\\nLast.'}
                    """)
    void words_stand_in_place_of_the_system_prompt(String dialect, String json, String expected) throws Exception {
        assertThat(made(dialect, json, INSTEAD)).isEqualTo(expected);
    }

    @Test
    void what_has_no_system_prompt_is_left_as_it_is() throws Exception {
        assertThat(made("openai.embeddings", "{'input':'x'}", BOTH)).isEqualTo("{'input':'x'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'messages':[]}", "{'model':'m'}", "{'messages':null}"})
    void a_request_that_only_loads_the_model_stays_one(String json) throws Exception {
        assertThat(made("ollama.chat", json, BOTH)).isEqualTo(json);
        assertThat(made("ollama.chat", json, INSTEAD)).isEqualTo(json);
    }

    @Test
    void what_a_guard_has_added_is_kept() throws Exception {
        ParsedRequest request =
                Requests.read(Dialect.OPENAI_CHAT, "{'messages':[{'role':'system','content':'S \\\"q\\\"'}]}");
        List<Edit> edits = new ArrayList<>(request.appendInstruction("Stop."));
        edits.addAll(request.edits().directing(BOTH, edits));

        assertThat(Requests.edited(request, edits))
                .isEqualTo("{'messages':[{'role':'system','content':'First.\\n\\nS \\'q\\'\\n\\nStop.\\n\\nLast.'}]}");
    }

    @Test
    void one_directive_goes_on_where_another_one_has_ended() {
        assertThat(BOTH.then(new Directive("", "Zeroth.", "Very last.")))
                .isEqualTo(new Directive("", "Zeroth.\n\nFirst.", "Last.\n\nVery last."));
        assertThat(BOTH.then(INSTEAD)).isEqualTo(INSTEAD);
        assertThat(INSTEAD.then(Directive.NONE)).isEqualTo(INSTEAD);
        assertThat(Directive.NONE.changes()).isFalse();
    }
}
