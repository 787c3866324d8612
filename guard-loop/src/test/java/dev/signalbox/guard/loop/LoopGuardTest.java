package dev.signalbox.guard.loop;

import static dev.signalbox.guard.loop.LoopFixture.GENERAL;
import static dev.signalbox.guard.loop.LoopFixture.PROFILE;
import static dev.signalbox.guard.loop.LoopFixture.calling;
import static dev.signalbox.guard.loop.LoopFixture.doing;
import static dev.signalbox.guard.loop.LoopFixture.repeating;
import static dev.signalbox.guard.loop.LoopFixture.ruling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import dev.signalbox.testkit.TestRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LoopGuardTest {

    private static final Ruling PASS = Ruling.pass();

    private static Ruling.Pass warned(TestRequest request) {
        return (Ruling.Pass) ruling(GENERAL, request);
    }

    private static Refusal refused(PluginConfig general, TestRequest request) {
        return ((Ruling.Refuse) ruling(general, request)).refusal();
    }

    // what is a loop

    @Test
    void three_equal_calls_at_the_end_are_a_loop() {
        assertThat(warned(repeating(2))).isEqualTo(PASS);
        assertThat(warned(repeating(3)).notes())
                .containsExactly("the tool read was called 3 times in a row with the same arguments");
    }

    @Test
    void arguments_are_the_same_in_whatever_order_and_with_whatever_space_they_are_written() {
        assertThat(warned(calling(
                                "read:{\"path\":\"a\",\"from\":1}",
                                "read:{\"from\":1,\"path\":\"a\"}",
                                "read:{ \"from\": 1, \"path\": \"a\" }"))
                        .notes())
                .hasSize(1);
    }

    @Test
    void other_arguments_or_another_tool_are_another_call() {
        assertThat(warned(calling("read:{\"path\":\"a\"}", "read:{\"path\":\"b\"}", "read:{\"path\":\"a\"}")))
                .isEqualTo(PASS);
        assertThat(warned(calling("read:{}", "write:{}", "read:{}"))).isEqualTo(PASS);
    }

    @Test
    void only_the_run_at_the_end_counts() {
        assertThat(warned(calling("read:{}", "read:{}", "read:{}", "write:{}"))).isEqualTo(PASS);
        assertThat(warned(calling("read:{}", "read:{}", "write:{}", "read:{}", "read:{}")))
                .isEqualTo(PASS);
        assertThat(warned(calling("write:{}", "read:{}", "read:{}", "read:{}")).notes())
                .hasSize(1);
    }

    @Test
    void the_count_goes_as_far_as_the_window() {
        assertThat(warned(repeating(9)).notes()).singleElement().asString().contains("5 times");
        assertThat(((Ruling.Pass) ruling(GENERAL.with(LoopGuardFactory.WINDOW, 8L), repeating(9))).notes())
                .singleElement()
                .asString()
                .contains("8 times");
    }

    @Test
    void fewer_calls_than_the_threshold_are_no_loop() {
        assertThat(ruling(GENERAL.with(LoopGuardFactory.WINDOW, 9L).with(LoopGuardFactory.THRESHOLD, 6L), repeating(5)))
                .isEqualTo(PASS);
    }

    @Test
    void calls_at_once_count_each() {
        TestRequest parallel = TestRequest.of(Dialect.ANTHROPIC_MESSAGES, """
                {"tools":[{"name":"read"}],"messages":[{"role":"assistant","content":[
                  {"type":"tool_use","name":"read","input":{"a":1,"b":2}},
                  {"type":"tool_use","name":"read","input":{"b":2,"a":1}},
                  {"type":"tool_use","name":"read","input":{"a":1,"b":2}}]}]}""");

        assertThat(warned(parallel).notes()).hasSize(1);
    }

    // what is done about it

    @Test
    void off_looks_for_nothing() {
        assertThat(ruling(doing(Action.OFF), repeating(5))).isEqualTo(PASS);
    }

    @Test
    void warn_is_what_is_done_unless_something_else_is_said() {
        assertThat(Manner.of(GENERAL, PROFILE).action()).isEqualTo(Action.WARN);
    }

    @Test
    void inject_tells_the_model_in_the_same_words_each_time() {
        Ruling three = ruling(doing(Action.INJECT), repeating(3));
        Ruling four = ruling(doing(Action.INJECT), repeating(4));

        List<Edit> edits = ((Ruling.Change) three).edits();
        assertThat(edits)
                .isEqualTo(repeating(3).appendInstruction(GENERAL.get(LoopGuardFactory.INSTRUCTION)))
                .isEqualTo(((Ruling.Change) four).edits())
                .isNotEmpty();
        assertThat(((Ruling.Change) three).notes()).singleElement().asString().endsWith("the model is told");
    }

    @Test
    void the_words_may_be_ones_own() {
        PluginConfig own = doing(Action.INJECT).with(LoopGuardFactory.INSTRUCTION, "Halt");

        assertThat(ruling(own, repeating(3)))
                .isEqualTo(Ruling.edit(
                        repeating(3).appendInstruction("Halt"),
                        "the tool read was called 3 times in a row with the same arguments; the model is told"));
    }

    @Test
    void refuse_ends_the_request_with_400_and_the_figures() {
        Refusal refusal = refused(doing(Action.REFUSE), repeating(4));

        assertThat(refusal.kind().status()).isEqualTo(400);
        assertThat(refusal.kind().permanent()).isTrue();
        assertThat(refusal.message()).contains("read was called 4 times in a row", "begin a new one");
        assertThat(refusal.details())
                .containsEntry("reason", "tool_loop")
                .containsEntry("tool", "read")
                .containsEntry("repeated", "4")
                .containsEntry("threshold", "3")
                .containsEntry("window", "5");
    }

    @Test
    void a_profile_says_it_for_itself_and_else_it_is_as_for_all() {
        PluginConfig profile = PROFILE.withPresent(LoopGuardFactory.PROFILE_ACTION, Action.REFUSE)
                .withPresent(LoopGuardFactory.PROFILE_THRESHOLD, 2L);

        assertThat(ruling(GENERAL, profile, repeating(2))).isInstanceOf(Ruling.Refuse.class);
        assertThat(ruling(doing(Action.REFUSE), PROFILE, repeating(3))).isInstanceOf(Ruling.Refuse.class);
        assertThat(ruling(
                        doing(Action.REFUSE),
                        PROFILE.withPresent(LoopGuardFactory.PROFILE_ACTION, Action.OFF),
                        repeating(3)))
                .isEqualTo(PASS);
    }

    // how many calls there may be

    @Test
    void there_may_be_any_number_of_calls_unless_something_else_is_said() {
        assertThat(ruling(doing(Action.OFF), repeating(500))).isEqualTo(PASS);
    }

    @Test
    void more_calls_than_allowed_are_refused_whatever_the_action() {
        for (Action action : Action.values()) {
            PluginConfig capped = doing(action).withPresent(LoopGuardFactory.MAX_CALLS, 2L);

            assertThat(ruling(capped, calling("read:{}", "write:{}"))).isEqualTo(PASS);
            assertThat(refused(capped, calling("read:{}", "write:{}", "list:{}"))
                            .details())
                    .containsEntry("reason", "tool_calls")
                    .containsEntry("calls", "3")
                    .containsEntry("max_calls", "2");
        }
    }

    @Test
    void a_profile_may_allow_more_calls_than_all_others() {
        PluginConfig capped = GENERAL.withPresent(LoopGuardFactory.MAX_CALLS, 1L);

        assertThat(ruling(capped, PROFILE.withPresent(LoopGuardFactory.MAX_CALLS, 2L), calling("read:{}", "write:{}")))
                .isEqualTo(PASS);
    }

    // what is not read, and not told

    @Test
    void a_conversation_is_not_read_where_no_tools_are_offered_or_nothing_is_looked_for() {
        RequestView unread = (RequestView) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RequestView.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("needs");
                    return Set.of(Capability.CHAT);
                });

        assertThat(new LoopGuard(GENERAL).screen(new Screening(unread, "test", PROFILE)))
                .isEqualTo(PASS);
        assertThat(new LoopGuard(doing(Action.OFF)).screen(new Screening(unread, "test", PROFILE)))
                .isEqualTo(PASS);
    }

    @Test
    void arguments_are_never_told_and_a_tools_name_is_told_in_one_short_line() {
        String name = "x".repeat(500);
        TestRequest odd = calling(name + ":{\"secret\":1}", name + ":{\"secret\":1}", name + ":{\"secret\":1}");

        assertThat(warned(odd).notes())
                .singleElement()
                .asString()
                .hasSizeLessThan(150)
                .doesNotContain("secret");
        assertThat(refused(doing(Action.REFUSE), calling("a\\nb:{}", "a\\nb:{}", "a\\nb:{}")))
                .asInstanceOf(type(Refusal.class))
                .satisfies(
                        refusal -> assertThat(refusal.message()).contains("a?b").doesNotContain("\n"));
    }
}
