package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.Readings;
import dev.signalbox.core.dialect.RequestReader;
import dev.signalbox.spi.Verdict;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is learnt from the tokens that servers report. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TokenScalesTest extends EngineFixture {

    private static final Target GPU = Target.of("gpu/m");
    private static final String LONG = "sun ".repeat(196);

    private final TokenScales scales = new TokenScales();

    @Test
    void an_estimate_for_a_target_follows_what_its_server_reports() throws Exception {
        layout.backend("gpu", "m").backend("spare", "m").profile("coding", "gpu/m", "spare/m");
        List<String> seen = new CopyOnWriteArrayList<>();
        guard("watching").assesses = candidate -> {
            seen.add("%s %d of %d"
                    .formatted(
                            candidate.target(),
                            candidate.approximateTokens(),
                            candidate.request().approximateTokens()));
            return Verdict.admit();
        };
        backends.on(
                "gpu", call -> Tape.json(Chat.whole("Hello").replace("\"prompt_tokens\":3", "\"prompt_tokens\":300")));

        bytes(RouteRequest.chat("coding", LONG));
        assertThat(seen).contains("gpu/m 200 of 200", "spare/m 200 of 200");
        seen.clear();
        bytes(RouteRequest.chat("coding", LONG));
        assertThat(seen).contains("gpu/m 300 of 200", "spare/m 200 of 200");
    }

    @Test
    void later_reports_move_it_less() throws Exception {
        for (int i = 0; i < 100; i++) {
            scales.learn(GPU, asked(LONG), Usage.reported(300, 1));
        }
        assertThat(scales.scaled(GPU, 1_000)).isEqualTo(1_500);

        scales.learn(GPU, asked(LONG), Usage.reported(200, 1));
        assertThat(scales.scaled(GPU, 1_000)).isEqualTo(1_475);
    }

    @Test
    void reports_that_say_little_are_passed_over() throws Exception {
        scales.learn(GPU, asked("Say hello"), Usage.reported(20, 1));
        scales.learn(GPU, asked(LONG), Usage.reported(801, 1));
        scales.learn(GPU, asked(LONG), Usage.reported(49, 1));
        scales.learn(GPU, asked(LONG), new Usage(300, 1, 0, 0, Usage.Source.ESTIMATED));
        scales.learn(GPU, looked(), Usage.reported(1_500, 1));

        assertThat(scales.scaled(GPU, 1_000)).isEqualTo(1_000);
    }

    @Test
    void nothing_is_read_in_order_to_learn() throws Exception {
        ParsedRequest request = read("{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(LONG));

        scales.learn(GPU, request, Usage.reported(300, 1));

        assertThat(request.estimatedTokens()).isEmpty();
        assertThat(scales.scaled(GPU, 1_000)).isEqualTo(1_000);
    }

    @Test
    void no_more_than_a_thousand_targets_are_remembered_and_those_in_use_longest() throws Exception {
        ParsedRequest request = asked(LONG);
        scales.learn(GPU, request, Usage.reported(300, 1));
        for (int i = 0; i < 1_500; i++) {
            scales.learn(Target.of("gpu/m" + i), request, Usage.reported(300, 1));
            assertThat(scales.scaled(GPU, 1_000)).isEqualTo(1_500);
        }

        assertThat(scales.scaled(Target.of("gpu/m0"), 1_000)).isEqualTo(1_000);
        assertThat(scales.scaled(Target.of("gpu/m1499"), 1_000)).isEqualTo(1_500);
    }

    private static ParsedRequest asked(String words) throws Exception {
        ParsedRequest request = read("{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(words));
        assertThat(request.approximateTokens()).isPositive();
        return request;
    }

    private static ParsedRequest looked() throws Exception {
        ParsedRequest request = read("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\""
                + LONG + "\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}]}");
        assertThat(request.approximateTokens()).isGreaterThan(900);
        return request;
    }

    private static ParsedRequest read(String json) throws Exception {
        return RequestReader.read(
                RouteRequest.of(Dialect.OPENAI_CHAT, Body.of(json)), new Readings(1 << 20, () -> true));
    }
}
