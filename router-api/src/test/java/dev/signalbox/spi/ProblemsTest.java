package dev.signalbox.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProblemsTest {

    private final Problems problems = new Problems();
    private final Where port = new Where("signalbox.yaml", 2, "server.port");
    private final Where host = new Where("signalbox.yaml", 1, "server.host");

    @Test
    void what_follows_from_a_missing_value_is_not_told_whoever_came_first() {
        problems.add(port, "\"${PORT}\" is not a whole number");
        problems.addMissing(port, "PORT is not set");
        problems.add(new Where("signalbox.yaml", 1, "server.port"), "missing: needs a whole number");
        problems.add(host, "is odd");
        assertThat(problems.list())
                .containsExactly(new Problems.Problem(host, "is odd"), new Problems.Problem(port, "PORT is not set"));
    }

    @Test
    void a_missing_value_is_enough_to_end() {
        problems.addMissing(port, "PORT is not set");
        assertThat(problems.isEmpty()).isFalse();
        assertThatThrownBy(problems::throwIfAny).hasMessageContaining("PORT is not set");
    }

    @Test
    void problems_of_others_stay_what_they_were() {
        problems.addMissing(port, "PORT is not set");
        Problems all = new Problems();
        all.add(port, "\"${PORT}\" is not a whole number");
        all.add(host, "is odd");
        all.addAll(problems);
        assertThat(all.list()).extracting(Problems.Problem::message).containsExactly("is odd", "PORT is not set");
    }
}
