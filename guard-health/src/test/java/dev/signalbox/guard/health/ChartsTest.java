package dev.signalbox.guard.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is remembered where more targets are asked for than can be. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChartsTest {

    private static final int MOST = 10_000;
    private static final Target LATE = Target.of("gpu/late");

    private final Charts charts = new Charts(() -> 0.5);

    private void fails(Target target, long at) {
        Trouble trouble = new Trouble(target.toString(), FailureKind.SERVER_ERROR, "");
        charts.of(target).change(before -> before.missed(trouble, at, 0.5));
    }

    @Test
    void those_with_whom_nothing_is_wrong_make_room() {
        fails(Target.of("gpu/ill"), 1);
        for (int i = 1; i < MOST; i++) {
            charts.of(Target.of("gpu/m" + i));
        }
        fails(LATE, 2);

        assertThat(charts.seen(LATE).streak().length()).isEqualTo(1);
        assertThat(charts.seen(Target.of("gpu/ill")).streak().length()).isEqualTo(1);
    }

    @Test
    void where_something_is_wrong_with_all_the_oldest_is_forgotten() {
        for (int i = 0; i < MOST; i++) {
            fails(Target.of("gpu/m" + i), i);
        }
        fails(LATE, MOST);

        assertThat(charts.seen(LATE).streak().length()).isEqualTo(1);
        assertThat(charts.seen(Target.of("gpu/m0")).streak().length()).isZero();
        assertThat(charts.seen(Target.of("gpu/m1")).streak().length()).isEqualTo(1);
        assertThat(charts.targets()).hasSize(MOST);
    }
}
