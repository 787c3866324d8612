package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.errors.RateLimitException;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import dev.signalbox.testkit.TestFactories;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A caller who has used up what is his own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiLimitsTest {

    private static final Duration A_WHILE = Duration.ofSeconds(6);

    private record Spent() implements Guard {

        @Override
        public Ruling screen(Screening screening) {
            return Ruling.refuse(
                    new Refusal(Refusal.Kind.OVER_BUDGET, "You have had your share.", Optional.of(A_WHILE), Map.of()));
        }
    }

    @Test
    void is_told_of_the_limit_and_comes_back_when_it_may() throws Exception {
        Naps naps = new Naps();
        try (Signalbox signalbox =
                Signalbox.guarded(TestFactories.guard("spent", new Spent()), "backends: { echo: { type: echo } }")) {
            OpenAIClient client = OpenAi.client(signalbox, naps);
            RateLimitException error = catchThrowableOfType(
                    RateLimitException.class, () -> client.chat().completions().create(OpenAi.asking("echo/demo")));
            assertThat(error).hasMessageContaining("You have had your share.");
            assertThat(error.code()).contains("insufficient_quota");
            assertThat(naps.taken())
                    .isNotEmpty()
                    .allSatisfy(nap -> assertThat(nap).isEqualTo(A_WHILE));
            client.close();
        }
    }
}
