package dev.signalbox.guard.context;

import static dev.signalbox.guard.context.ContextFixture.GENERAL;
import static dev.signalbox.guard.context.ContextFixture.PROFILE;
import static dev.signalbox.guard.context.ContextFixture.doing;
import static dev.signalbox.guard.context.ContextFixture.prompt;
import static dev.signalbox.guard.context.ContextFixture.small;
import static dev.signalbox.guard.context.ContextFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestRequest;
import java.lang.reflect.Proxy;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ContextGuardTest {

    private static final Verdict ADMIT = Verdict.admit();

    // how full

    @Test
    void below_80_percent_nothing_is_said() {
        assertThat(verdict(GENERAL, prompt(799))).isEqualTo(ADMIT);
    }

    @Test
    void from_80_percent_on_it_is_said_with_the_figures() {
        assertThat(verdict(GENERAL, prompt(800)))
                .isEqualTo(
                        Verdict.admit("gpu/small: the prompt has about 800 tokens, 80 % of the 1,000 of its context"));
    }

    @Test
    void a_prompt_that_just_fits_is_let_in() {
        assertThat(verdict(GENERAL, prompt(1_000))).isInstanceOf(Verdict.Admit.class);
    }

    @Test
    void one_token_more_is_too_long_and_the_error_has_the_figures() {
        Refusal refusal = ((Verdict.Exclude) verdict(GENERAL, prompt(1_001))).refusal();

        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_LONG);
        assertThat(refusal.message()).contains("about 1,001 tokens", "1,000 of its context");
        assertThat(refusal.details()).containsEntry("prompt_tokens", "1001").containsEntry("context_tokens", "1000");
    }

    @Test
    void shares_are_ones_own() {
        assertThat(verdict(GENERAL.with(ContextGuardFactory.FULL_AT, 0.9), prompt(901)))
                .isInstanceOf(Verdict.Exclude.class);
        assertThat(verdict(GENERAL.with(ContextGuardFactory.WARN_AT, 0.9), prompt(850)))
                .isEqualTo(ADMIT);
    }

    // what is done

    @Test
    void demote_has_it_tried_last_and_warn_only_says_so() {
        assertThat(verdict(doing(Action.DEMOTE), prompt(1_001)))
                .isInstanceOfSatisfying(
                        Verdict.Demote.class,
                        demote -> assertThat(demote.reason()).contains("1,001"));
        assertThat(verdict(doing(Action.WARN), prompt(1_001)))
                .isInstanceOfSatisfying(
                        Verdict.Admit.class, admit -> assertThat(admit.notes()).hasSize(1));
        assertThat(verdict(doing(Action.OFF), prompt(5_000))).isEqualTo(ADMIT);
    }

    @Test
    void a_profile_may_leave_it() {
        TestAttempt off =
                small(prompt(2_000)).with(PROFILE.withPresent(ContextGuardFactory.PROFILE_ACTION, Action.OFF));

        assertThat(new ContextGuard(GENERAL).assess(off)).isEqualTo(ADMIT);
    }

    @Test
    void nothing_is_ever_trimmed() {
        for (Action action : Action.values()) {
            if (verdict(doing(action), prompt(1_500)) instanceof Verdict.Admit admit) {
                assertThat(admit.edits()).isEmpty();
            }
        }
    }

    // what is not judged

    @Test
    void a_server_that_does_not_tell_its_context_is_not_suspect() {
        assertThat(new ContextGuard(GENERAL)
                        .assess(TestAttempt.at("gpu/quiet").with(PROFILE).of(prompt(1_000_000))))
                .isEqualTo(ADMIT);
    }

    @Test
    void texts_to_be_embedded_are_read_one_by_one() {
        TestRequest texts = TestRequest.of(
                        Dialect.OPENAI_EMBEDDINGS, "{\"model\":\"m\",\"input\":[\"%s\"]}".formatted("a ".repeat(5_000)))
                .tokens(5_000);

        assertThat(verdict(GENERAL, texts)).isEqualTo(ADMIT);
    }

    @Test
    void so_are_lists_of_prompts_but_not_a_single_one() {
        assertThat(verdict(GENERAL, completing("[\"%s\"]".formatted("a ".repeat(5_000)))))
                .isEqualTo(ADMIT);
        assertThat(verdict(GENERAL, completing("\"%s\"".formatted("a ".repeat(5_000)))))
                .isInstanceOf(Verdict.Exclude.class);
    }

    private static TestRequest completing(String prompt) {
        return TestRequest.of(Dialect.OPENAI_COMPLETIONS, "{\"model\":\"m\",\"prompt\":%s}".formatted(prompt))
                .tokens(5_000);
    }

    // what is counted, and what is not

    @Test
    void no_token_is_counted_of_a_prompt_that_has_fewer_bytes_than_would_matter() {
        assertThat(new ContextGuard(GENERAL).assess(small(unread(799)))).isEqualTo(ADMIT);
    }

    @Test
    void tokens_are_as_the_targets_own_server_counts_them() {
        TestAttempt attempt = small(TestRequest.saying("word".repeat(600)));
        assertThat(new ContextGuard(GENERAL).assess(attempt)).isEqualTo(ADMIT);
        assertThat(new ContextGuard(GENERAL).assess(attempt.counting(1_200))).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void an_image_may_have_more_tokens_than_bytes() {
        TestRequest picture = TestRequest.of(
                        Dialect.OPENAI_CHAT,
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://x/y.png\"}}]}]}")
                .tokens(1_600);

        assertThat(verdict(GENERAL, picture)).isInstanceOf(Verdict.Exclude.class);
    }

    /** A chat of so many bytes that nobody may read. */
    private static RequestView unread(long bytes) {
        return (RequestView) Proxy.newProxyInstance(
                ContextGuardTest.class.getClassLoader(),
                new Class<?>[] {RequestView.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "mostTokens" -> OptionalLong.of(bytes);
                    case "needs" -> Set.of(Capability.CHAT);
                    default -> throw new AssertionError("it was asked for " + method.getName());
                });
    }
}
