package dev.signalbox.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.RequestView;
import dev.signalbox.testkit.TestRequest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a server cannot take is changed, and nothing else is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class QuirkTest {

    private static final RequestView PLAIN = TestRequest.saying("All clear?");

    @Test
    void a_request_that_calls_for_nothing_is_left_alone() {
        for (Quirk quirk : Quirk.values()) {
            if (quirk != Quirk.MODEL_TGI) {
                assertThat(quirk.edits(PLAIN)).as(quirk.name()).isEmpty();
            }
            assertThat(quirk.refusal(PLAIN)).as(quirk.name()).isEmpty();
        }
    }

    @Test
    void only_quirks_that_say_so_refuse() {
        RequestView both = chat("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}}],"
                + "\"response_format\":{\"type\":\"json_object\"}");

        assertThat(Quirk.values())
                .allSatisfy(quirk -> assertThat(quirk.refuses())
                        .isEqualTo(quirk.refusal(both).isPresent()));
    }

    @Test
    void a_server_that_goes_by_its_own_name_is_called_by_it() {
        assertThat(Quirk.MODEL_TGI.edits(PLAIN)).containsExactly(Edit.replace("/model", "\"tgi\""));
    }

    @Test
    void one_stop_becomes_a_list_of_one() {
        assertThat(Quirk.STOP_LIST.edits(chat("\"stop\":\"\\n\\u0041\"")))
                .containsExactly(Edit.replace("/stop", "[\"\\n\\u0041\"]"));
        assertThat(Quirk.STOP_LIST.edits(chat("\"stop\":[\"END\"]"))).isEmpty();
    }

    @Test
    void a_top_p_of_one_goes_without_loss_and_one_of_nothing_with() {
        assertThat(Quirk.TOP_P_BETWEEN.edits(chat("\"top_p\":1.0"))).containsExactly(Edit.remove("/top_p"));
        assertThat(Quirk.TOP_P_BETWEEN.edits(chat("\"top_p\":0")))
                .containsExactly(Edit.remove("/top_p").dropping("top_p"));
        assertThat(Quirk.TOP_P_BETWEEN.edits(chat("\"top_p\":0.9"))).isEmpty();
        assertThat(Quirk.TOP_P_BETWEEN.edits(chat("\"top_p\":\"high\""))).isEmpty();
    }

    @Test
    void the_limit_gets_the_name_that_the_server_knows() {
        assertThat(Quirk.MAX_COMPLETION_TOKENS.edits(chat("\"max_tokens\":64")))
                .containsExactly(Edit.remove("/max_tokens"), Edit.insert("/max_completion_tokens", "64"));
        assertThat(Quirk.MAX_COMPLETION_TOKENS.edits(
                        TestRequest.of(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"p\",\"max_tokens\":64}")))
                .isEmpty();
        assertThat(Quirk.MAX_TOKENS.edits(chat("\"max_completion_tokens\":64")))
                .containsExactly(Edit.remove("/max_completion_tokens"), Edit.insert("/max_tokens", "64"));
    }

    @Test
    void a_server_that_refuses_what_it_does_not_know_gets_no_hints() {
        String hints =
                "\"metadata\":{\"a\":\"b\"},\"prompt_cache_key\":\"k\",\"safety_identifier\":\"s\",\"user\":\"u\"";

        assertThat(Quirk.NO_HINTS.edits(chat(hints + ",\"seed\":7,\"verbosity\":\"low\"")))
                .containsExactlyInAnyOrder(
                        Edit.remove("/metadata"),
                        Edit.remove("/prompt_cache_key"),
                        Edit.remove("/safety_identifier"),
                        Edit.remove("/user"),
                        Edit.remove("/verbosity").dropping("verbosity"));
        assertThat(Quirk.NO_HINTS.edits(
                        TestRequest.of(Dialect.OPENAI_RESPONSES, "{\"input\":\"Hi\",\"prompt_cache_key\":\"k\"}")))
                .isEmpty();
    }

    @Test
    void a_developer_becomes_the_system() {
        RequestView request = TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"messages\":[{\"role\":\"developer\",\"content\":\"Be brief\"},{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(Quirk.NO_DEVELOPER.edits(request)).containsExactly(Edit.replace("/messages/0/role", "\"system\""));
    }

    @Test
    void tools_and_a_form_are_too_much_only_together() {
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}}]";

        assertThat(refusal(tools + ",\"response_format\":{\"type\":\"json_schema\"}"))
                .isTrue();
        assertThat(refusal(tools + ",\"response_format\":{\"type\":\"text\"}")).isFalse();
        assertThat(refusal(tools + ",\"response_format\":null")).isFalse();
        assertThat(refusal("\"tools\":[],\"response_format\":{\"type\":\"json_object\"}"))
                .isFalse();
        assertThat(refusal(tools)).isFalse();
    }

    @Test
    void a_named_tool_is_offered_alone_and_required() {
        String one = "{\"type\":\"function\",\"function\":{\"name\":\"look\"}}";
        String other = "{\"type\":\"function\",\"function\":{\"name\":\"jump\"}}";
        String choice = "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"%s\"}}";
        String tools = "\"tools\":[" + one + "," + other + "],";

        assertThat(Quirk.TOOL_CHOICE_WORDS.edits(chat(tools + choice.formatted("jump"))))
                .containsExactly(
                        Edit.replace("/tools", "[" + other + "]"), Edit.replace("/tool_choice", "\"required\""));
        assertThat(Quirk.TOOL_CHOICE_WORDS.edits(chat(tools + choice.formatted("fly"))))
                .as("the server may say what is wrong with a tool that is not there")
                .isEmpty();
        assertThat(Quirk.TOOL_CHOICE_WORDS.edits(chat(tools + "\"tool_choice\":\"required\"")))
                .isEmpty();
    }

    @Test
    void every_quirk_has_a_word() {
        assertThat(Quirk.words()).contains("no-nulls", "top-p-between").hasSize(Quirk.values().length);
        assertThat(Quirk.words()).extracting(Quirk::of).containsExactly(Quirk.values());
    }

    private static boolean refusal(String members) {
        return Quirk.TOOLS_WITHOUT_FORMAT.refusal(chat(members)).isPresent();
    }

    private static RequestView chat(String members) {
        return TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + members + "}");
    }
}
