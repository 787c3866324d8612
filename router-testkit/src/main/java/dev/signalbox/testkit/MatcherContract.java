package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Matcher;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What every matcher promises. Extend it, say how to make yours, and the promises become tests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class MatcherContract {

    /** Makes the matcher. */
    protected abstract Matcher matcher();

    @Test
    void gives_the_same_answer_every_time_whatever_was_asked_in_between() {
        Matcher matcher = matcher();
        var first = OddRequests.all().stream().map(matcher::matches).toList();

        assertThat(OddRequests.all().stream().map(matcher::matches).toList()).isEqualTo(first);
        assertThat(OddRequests.all().reversed().stream().map(matcher::matches).toList())
                .isEqualTo(first.reversed());
    }

    @Test
    void tells_what_it_saw_the_same_way_every_time() {
        Matcher matcher = matcher();
        for (TestRequest request : OddRequests.all()) {
            assertThat(matcher.seen(request)).isNotNull().isEqualTo(matcher.seen(request));
            assertThat(matcher.find(request))
                    .isEqualTo(new Matcher.Finding(matcher.matches(request), matcher.seen(request)));
        }
    }

    @Test
    void may_be_asked_by_any_thread() {
        Matcher matcher = matcher();
        var expected = OddRequests.all().stream().map(matcher::matches).toList();

        assertThat(AtOnce.run(
                        () -> OddRequests.all().stream().map(matcher::matches).toList()))
                .containsOnly(expected);
    }
}
