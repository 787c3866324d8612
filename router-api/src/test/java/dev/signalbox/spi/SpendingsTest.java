package dev.signalbox.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is kept of what answers took, where there is too much of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SpendingsTest {

    private final Spendings spendings = new Spendings();

    private void add(String day, String model) {
        Spending.Of of = new Spending.Of(day, new Target("gpu", model), "", "alice");
        spendings.add(Spending.of(of, Usage.reported(1, 1), BigDecimal.ONE, BigDecimal.ZERO));
    }

    private long answers(String day) {
        return spendings.all().stream()
                .filter(line -> line.of().day().equals(day))
                .mapToLong(line -> line.sources().all())
                .sum();
    }

    @Test
    void the_oldest_day_is_forgotten_where_there_is_no_room() {
        for (int i = 0; i < Spendings.MOST; i++) {
            add(i % 2 == 0 ? "2026-01-01" : "2026-01-02", "m" + i);
        }
        add("2026-01-02", "one more");

        assertThat(spendings.firstDay()).contains("2026-01-02");
        assertThat(answers("2026-01-02")).isEqualTo(Spendings.MOST / 2 + 1);
    }

    @Test
    void a_day_that_has_all_the_room_for_itself_forgets_nothing() {
        for (int i = 0; i < Spendings.MOST + 500; i++) {
            add("2026-01-01", "m" + i);
        }
        add("2026-01-01", "m7");

        assertThat(answers("2026-01-01")).isEqualTo(Spendings.MOST + 501);
        assertThat(spendings.all()).hasSize(Spendings.MOST + 1);
        assertThat(spendings.all())
                .filteredOn(line -> line.of().target().equals(new Target("*", "*")))
                .singleElement()
                .satisfies(others -> {
                    assertThat(others.sources().all()).isEqualTo(500);
                    assertThat(others.cost()).isEqualByComparingTo("500");
                });
    }

    @Test
    void what_is_of_a_day_before_all_others_takes_the_room_of_none_of_them() {
        for (int i = 0; i < Spendings.MOST; i++) {
            add("2026-01-02", "m" + i);
        }
        add("2026-01-01", "late");

        assertThat(answers("2026-01-02")).isEqualTo(Spendings.MOST);
        assertThat(answers("2026-01-01")).isOne();
    }
}
