package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import dev.signalbox.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RoadsTest extends EngineFixture {

    @BeforeEach
    void a_profile_for_what_is_too_long() {
        layout.backend("gpu", "m")
                .backend("laptop", "m")
                .backend("box", "m")
                .profile("coding", Layout.on(FailureKind.CONTEXT_OVERFLOW, "long"), "gpu/m", "laptop/m")
                .profile("long", "gpu/m", "box/m")
                .defaultTo("coding");
        backends.on("laptop", Chat.says("laptop")).on("box", Chat.says("box"));
        backends.fails("gpu", FailureKind.CONTEXT_OVERFLOW);
    }

    @Test
    void a_failure_of_that_kind_goes_on_in_the_other_profile() throws Exception {
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.text()).isEqualTo("box");
            assertThat(response.trace().profile()).isEqualTo("long");
            assertThat(response.trace().chosenBy()).isEqualTo("profile \"coding\", on context-overflow");
            assertThat(response.trace().notes()).singleElement().asString().contains("leads to the profile long");
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("gpu/m=context-overflow, box/m=answered");
        }
        assertThat(backends.sent("laptop")).isEmpty();
        assertThat(backends.sent("gpu")).as("not again in the other profile").hasSize(1);
    }

    @Test
    void another_kind_goes_along_the_chain() throws Exception {
        backends.fails("gpu", FailureKind.OVERLOADED);
        assertThat(bytes(chat("coding"))).contains("laptop");
    }

    @Test
    void what_a_guard_keeps_out_for_that_reason_goes_on_there_too() throws Exception {
        guard("context").assesses = candidate -> candidate.profile().equals("coding")
                ? Verdict.exclude(Refusal.tooLong("9000 tokens of 8192"))
                : Verdict.admit();
        layout.profile("long", "box/m");
        assertThat(bytes(chat("coding"))).contains("box");
        assertThat(backends.sent("gpu")).isEmpty();
    }

    @Test
    void guards_judge_the_request_anew_by_what_the_other_profile_says() throws Exception {
        List<String> profiles = new ArrayList<>();
        guard("loop").screens = (Screening screening) -> {
            profiles.add(screening.profile());
            return Ruling.pass();
        };
        bytes(chat("coding"));
        assertThat(profiles).containsExactly("coding", "long");
    }

    @Test
    void nothing_is_gone_on_in_where_falling_back_is_refused() throws Exception {
        refused(dev.signalbox.api.Unroutable.class, chat("coding").withHeader("X-Signalbox-Fallback", "off"));
        assertThat(backends.sent("box")).isEmpty();
    }

    @Test
    void who_gets_nowhere_there_is_told_everything() throws Exception {
        backends.fails("box", FailureKind.OVERLOADED);
        Exhausted failed = refused(Exhausted.class, chat("coding"));
        assertThat(failed.problem().message()).contains("gpu/m", "box/m");
    }

    @Test
    void a_refusal_of_another_kind_is_no_way_on() throws Exception {
        guard("health").assesses = candidate -> Verdict.exclude(Refusal.of(Refusal.Kind.UNHEALTHY, "gone"));
        refused(Exhausted.class, chat("coding"));
        assertThat(backends.sent("box")).isEmpty();
    }
}
