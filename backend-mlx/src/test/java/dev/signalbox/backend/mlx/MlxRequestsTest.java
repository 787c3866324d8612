package dev.signalbox.backend.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.RequestView;
import dev.signalbox.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server cannot take is changed or not sent, and nothing else is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MlxRequestsTest {

    @ParameterizedTest
    @EnumSource(Flavor.class)
    void a_request_that_calls_for_nothing_is_left_alone(Flavor flavor) {
        RequestView plain = chat("\"temperature\":1,\"max_tokens\":64,\"seed\":7,\"stream\":true,"
                + "\"stream_options\":{\"include_usage\":true},\"tool_choice\":\"auto\",\"n\":1,\"user\":\"u\"");

        assertThat(Flavor.shared(plain)).isEmpty();
        assertThat(flavor.own(plain)).isEmpty();
        assertThat(flavor.refusal(plain)).isEmpty();
    }

    @Test
    void what_is_null_is_taken_out() {
        assertThat(Flavor.shared(chat("\"temperature\":null,\"seed\":null,\"tools\":null,\"top_p\":0.5")))
                .containsExactlyInAnyOrder(Edit.remove("/temperature"), Edit.remove("/seed"), Edit.remove("/tools"));
        assertThat(Flavor.shared(TestRequest.of(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"p\",\"stop\":null}")))
                .containsExactly(Edit.remove("/stop"));
        assertThat(Flavor.shared(TestRequest.of(
                        Dialect.ANTHROPIC_MESSAGES, "{\"max_tokens\":1,\"thinking\":null,\"messages\":[]}")))
                .containsExactly(Edit.remove("/thinking"));
    }

    @Test
    void developers_speak_as_the_system() {
        RequestView request = TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"messages\":[{\"role\":\"developer\",\"content\":\"Be kind.\"},{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(Flavor.shared(request)).containsExactly(Edit.replace("/messages/0/role", "\"system\""));
    }

    @ParameterizedTest
    @CsvSource({
        "max_tokens,100.0,100",
        "max_completion_tokens,100.00,100",
        "top_k,40.0,40",
        "seed,-1.0,-1",
        "top_logprobs,5.0,5",
        "xtc_probability,0,0.0",
        "xtc_threshold,1,1.0"
    })
    void lm_gets_numbers_of_the_kind_it_wants(String member, String sent, String got) {
        assertThat(lm("\"%s\":%s".formatted(member, sent))).containsExactly(Edit.replace("/" + member, got));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"max_tokens\":100.5",
                "\"max_tokens\":1e2",
                "\"max_tokens\":99999999999999999999.0",
                "\"max_tokens\":\"many\"",
                "\"top_k\":40",
                "\"temperature\":1.0",
                "\"xtc_probability\":0.5",
                "\"xtc_threshold\":\"0\""
            })
    void lm_gets_other_numbers_as_they_are(String member) {
        assertThat(lm(member)).isEmpty();
    }

    @Test
    void lm_hears_of_usage_in_whatever_options_there_are() {
        assertThat(lm("\"stream_options\":{}")).containsExactly(Edit.insert("/stream_options/include_usage", "false"));
        assertThat(lm("\"stream_options\":{\"include_obfuscation\":false}"))
                .containsExactly(Edit.insert("/stream_options/include_usage", "false"));
        assertThat(lm("\"stream_options\":null")).isEmpty();
        assertThat(lm("\"stream_options\":{\"include_usage\":false}")).isEmpty();
    }

    @Test
    void lm_is_asked_for_no_logprobs_at_all_rather_than_for_none_of_them() {
        assertThat(lm("\"logprobs\":true,\"top_logprobs\":0")).containsExactly(Edit.remove("/top_logprobs"));
    }

    @Test
    void what_lm_ignores_is_told() {
        assertThat(
                        lm(
                                "\"tool_choice\":\"required\",\"n\":2,\"best_of\":3,\"parallel_tool_calls\":false,\"verbosity\":\"high\""))
                .containsExactlyInAnyOrder(
                        Edit.remove("/tool_choice").dropping("tool_choice"),
                        Edit.remove("/n").dropping("n"),
                        Edit.remove("/best_of").dropping("best_of"),
                        Edit.remove("/parallel_tool_calls").dropping("parallel_tool_calls"),
                        Edit.remove("/verbosity").dropping("verbosity"));
        assertThat(lm("\"tool_choice\":null,\"n\":1,\"parallel_tool_calls\":true,\"verbosity\":\"medium\""))
                .isEmpty();
        assertThat(lm("\"tools\":[{}],\"tool_choice\":\"none\""))
                .containsExactly(Edit.remove("/tool_choice"), Edit.remove("/tools"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Flavor.class,
            names = {"LM", "OMNI"})
    void nobody_has_a_model_downloaded_that_drafts(Flavor flavor) {
        assertThat(flavor.own(chat("\"draft_model\":\"org/draft\"")))
                .containsExactly(Edit.remove("/draft_model").dropping("draft_model"));
        assertThat(flavor.own(chat("\"draft_model\":null"))).isEmpty();
    }

    @Test
    void lm_takes_no_number_for_logprobs_and_not_too_many() {
        RequestView old = TestRequest.of(Dialect.OPENAI_COMPLETIONS, "{\"prompt\":\"p\",\"logprobs\":3}");

        assertThat(Flavor.LM.refusal(old))
                .hasValueSatisfying(reason -> assertThat(reason).contains("logprobs (3)"));
        assertThat(Flavor.LM.refusal(chat("\"logprobs\":true,\"top_logprobs\":11")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("at most 10 top_logprobs (11)"));
        assertThat(Flavor.LM.refusal(chat("\"logprobs\":true,\"top_logprobs\":10")))
                .isEmpty();
        assertThat(Flavor.LM.refusal(chat("\"logprobs\":true,\"top_logprobs\":\"many\"")))
                .isEmpty();
    }

    @Test
    void vlm_knows_the_older_name_of_the_limit() {
        assertThat(Flavor.VLM.own(chat("\"max_completion_tokens\":64")))
                .containsExactly(Edit.remove("/max_completion_tokens"), Edit.insert("/max_tokens", "64"));
        assertThat(Flavor.VLM.own(
                        TestRequest.of(Dialect.OPENAI_RESPONSES, "{\"input\":\"x\",\"max_completion_tokens\":64}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"files.read", "", "ünïcode", "a b"})
    void omni_takes_no_tool_of_an_odd_name(String name) {
        assertThat(Flavor.OMNI.refusal(tool(name)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("\"" + name + "\""));
    }

    @Test
    void omni_takes_names_of_letters_digits_and_two_signs() {
        assertThat(Flavor.OMNI.refusal(tool("read_file-2"))).isEmpty();
        assertThat(Flavor.OMNI.refusal(tool("x".repeat(64)))).isEmpty();
        assertThat(Flavor.OMNI.refusal(tool("x".repeat(65)))).isPresent();
    }

    private static List<Edit> lm(String members) {
        return Flavor.LM.own(chat(members));
    }

    private static RequestView tool(String name) {
        return chat("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"%s\"}}]".formatted(name));
    }

    private static RequestView chat(String members) {
        return TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"model\":\"m\",%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".formatted(members));
    }
}
