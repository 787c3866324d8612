package dev.signalbox.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.spi.RequestView.Message;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TaskShapeTest {

    private static ParsedRequest task(String json) throws Exception {
        return Requests.read(Dialect.TASK, json);
    }

    @Test
    void context_and_prompt_are_what_the_user_says() throws Exception {
        ParsedRequest task = task("{'prompt':'Fix it','context':'It breaks','system':'Be kind','instruction':'Think'}");

        assertThat(task.messages())
                .containsExactly(
                        new Message("system", "Think\nBe kind", 0), new Message("user", "It breaks\nFix it", 0));
        assertThat(task.lastUserText()).isEqualTo("It breaks\nFix it");
    }

    @Test
    void asks_a_model_that_chats_and_has_tools_where_tools_are_offered() throws Exception {
        assertThat(task("{'prompt':'x'}").needs()).containsExactly(Capability.CHAT);
        ParsedRequest task = task("{'prompt':'x','tools':[{'type':'function','function':{'name':'grep'}}]}");
        assertThat(task.needs()).containsExactlyInAnyOrder(Capability.CHAT, Capability.TOOLS);
        assertThat(task.tools()).containsExactly("grep");
    }

    @Test
    void an_instruction_is_appended_to_the_system_prompt_or_becomes_one() throws Exception {
        ParsedRequest with = task("{'prompt':'x','system':'Be kind'}");
        assertThat(Requests.edited(with, with.appendInstruction("Be brief")))
                .isEqualTo("{'prompt':'x','system':'Be kind\\n\\nBe brief'}");
        ParsedRequest without = task("{'prompt':'x'}");
        assertThat(Requests.edited(without, without.appendInstruction("Be brief")))
                .isEqualTo("{'prompt':'x','system':'Be brief'}");
    }

    @Test
    void does_without_tools_where_it_may() throws Exception {
        ParsedRequest task = task("{'prompt':'x','tools':[{}],'tool_choice':'auto'}");
        assertThat(Requests.edited(task, task.drop(Capability.TOOLS))).isEqualTo("{'prompt':'x'}");
    }

    @Test
    void null_is_as_good_as_not_there() throws Exception {
        ParsedRequest task = task("{'prompt':'x','context':null,'max_tokens':null,'temperature':null,'tools':null}");
        assertThat(task.maxTokens()).isEmpty();
        assertThat(task.text("context")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                      | invalid_prompt
            {'prompt':' '}                          | invalid_prompt
            {'prompt':null}                         | invalid_prompt
            {'prompt':['x']}                        | invalid_prompt
            {'prompt':'x','context':{}}             | invalid_context
            {'prompt':'x','task_type':7}            | invalid_task_type
            {'prompt':'x','urgency':true}           | invalid_urgency
            {'prompt':'x','max_tokens':0}           | invalid_max_tokens
            {'prompt':'x','max_tokens':-1}          | invalid_max_tokens
            {'prompt':'x','max_tokens':1.5}         | invalid_max_tokens
            {'prompt':'x','max_tokens':'many'}      | invalid_max_tokens
            {'prompt':'x','max_tokens':9999999999999999999} | invalid_max_tokens
            {'prompt':'x','temperature':2.1}        | invalid_temperature
            {'prompt':'x','temperature':-0.1}       | invalid_temperature
            {'prompt':'x','temperature':1e999}      | invalid_temperature
            {'prompt':'x','tools':{}}               | invalid_tools
            """)
    void refuses_what_makes_no_sense(String json, String code) {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> task(json))
                .satisfies(bad -> assertThat(bad.code()).isEqualTo(code));
    }

    @Test
    void refuses_more_than_any_model_reads() {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> task("{'prompt':'%s'}".formatted("a".repeat(8 << 20))))
                .satisfies(bad -> assertThat(bad.status()).isEqualTo(413));
    }

    @Test
    void refuses_a_type_that_is_a_novel() {
        assertThatExceptionOfType(BadRequest.class)
                .isThrownBy(() -> task("{'prompt':'x','task_type':'%s'}".formatted("a".repeat(513))))
                .satisfies(bad -> assertThat(bad.message()).contains("513").contains("512"));
    }
}
