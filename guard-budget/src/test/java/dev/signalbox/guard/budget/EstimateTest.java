package dev.signalbox.guard.budget;

import static dev.signalbox.guard.budget.BudgetFixture.tokens;
import static dev.signalbox.guard.budget.BudgetFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.testkit.TestRequest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EstimateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai.chat        | \"max_tokens\":500,\"n\":4              | 2100",
                "openai.chat        | \"max_tokens\":500                      | 600",
                "openai.chat        | \"n\":4                                 | 104",
                "openai.completions | \"max_tokens\":50,\"n\":1,\"best_of\":3 | 250"
            })
    void every_answer_that_is_wanted_is_set_aside(String dialect, String members, long tokens) {
        Dialect asked = dialect.equals("openai.chat") ? Dialect.OPENAI_CHAT : Dialect.OPENAI_COMPLETIONS;
        BudgetFixture budget = new BudgetFixture(with(tokens(tokens)))
                .asking(TestRequest.of(asked, "{%s,\"messages\":[]}".formatted(members))
                        .tokens(100));
        budget.letIn("gpu/m");

        assertThat(budget.setAside()).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({"999999999999999,1000000000000", "1,99999999999999999", "999999999999999999,999999999999999999"})
    void numbers_without_sense_are_only_very_large(String most, String answers) {
        BudgetFixture budget = new BudgetFixture(with(tokens(10_000)))
                .asking(TestRequest.of(
                                Dialect.OPENAI_CHAT,
                                "{\"max_tokens\":%s,\"n\":%s,\"messages\":[]}".formatted(most, answers))
                        .tokens(100));

        assertThat(budget.fits("gpu/m")).isFalse();
    }
}
