package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Verdict;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a guard is asked: that for which it has a method of its own, wherever that comes from. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HearingTest {

    private static final Hearing NOTHING = new Hearing(false, false, false);
    private static final Hearing ALL = new Hearing(true, true, true);

    /** Says nothing of its own. */
    private record Silent() implements Guard {}

    /** Says it for whoever extends it. */
    private abstract static class Base implements Guard {
        @Override
        public Verdict assess(Candidate candidate) {
            return Verdict.admit();
        }
    }

    private static final class Extending extends Base {
        @Override
        public void observe(AttemptReport report) {}
    }

    /** Says it for whoever implements it. */
    private interface Strict extends Guard {
        @Override
        default Admission admit(Attempt attempt) {
            return Admission.later("never");
        }
    }

    private record Implementing() implements Strict {}

    private record Waiting() implements Lease {
        @Override
        public void undo() {}

        @Override
        public void committed(AttemptReport report) {}

        @Override
        public void end(AttemptReport report) {}
    }

    @Test
    void who_says_nothing_is_asked_nothing() {
        assertThat(Hearing.of(new Silent())).isEqualTo(NOTHING);
    }

    @Test
    void what_a_class_or_an_interface_says_for_it_counts_as_its_own() {
        assertThat(Hearing.of(new Extending())).isEqualTo(new Hearing(true, false, true));
        assertThat(Hearing.of(new Implementing())).isEqualTo(new Hearing(false, true, false));
    }

    @Test
    void who_stands_for_somebody_else_is_asked_everything() {
        Guard proxy = (Guard) Proxy.newProxyInstance(
                Guard.class.getClassLoader(),
                new Class<?>[] {Guard.class},
                (self, method, arguments) -> method.invoke(new Silent(), arguments));
        assertThat(Hearing.of(proxy)).isEqualTo(ALL);
        assertThat(Hearing.of(new FakeGuard("any"))).isEqualTo(ALL);
    }

    @Test
    void leases_hear_of_the_first_content_if_they_listen() {
        assertThat(Hearing.ofCommits(new Waiting())).isTrue();
        assertThat(Hearing.ofCommits(Lease.NOTHING)).isFalse();
    }
}
