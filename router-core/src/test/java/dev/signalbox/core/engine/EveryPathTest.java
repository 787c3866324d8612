package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Verdict;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other routers left guards out on some of their paths. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryPathTest extends EngineFixture {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai.chat | {\"model\":\"gpu/m\",\"messages\":[]} | {\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"}}]}",
                "openai.completions | {\"model\":\"gpu/m\",\"prompt\":\"a\"} | {\"choices\":[{\"index\":0,\"text\":\"a\"}]}",
                "openai.embeddings | {\"model\":\"gpu/m\",\"input\":\"a\"} | {\"data\":[{\"embedding\":[1.0]}]}",
                "openai.score | {\"model\":\"gpu/m\",\"text_1\":\"a\",\"text_2\":[\"b\",\"c\"]} | {\"object\":\"list\",\"data\":[{\"index\":0,\"score\":0.5}]}",
                "anthropic.messages | {\"model\":\"gpu/m\",\"max_tokens\":1,\"messages\":[]} | {\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}],\"stop_reason\":\"end_turn\"}",
                "ollama.chat | {\"model\":\"gpu/m\",\"stream\":false,\"messages\":[]} | {\"message\":{\"content\":\"a\"},\"done\":true}",
                "ollama.generate | {\"model\":\"gpu/m\",\"stream\":false,\"prompt\":\"a\"} | {\"response\":\"a\",\"done\":true}",
                "ollama.embed | {\"model\":\"gpu/m\",\"input\":\"a\"} | {\"embeddings\":[[1.0]]}",
                "ollama.embeddings | {\"model\":\"gpu/m\",\"prompt\":\"a\"} | {\"embedding\":[1.0]}"
            })
    void guards_are_asked_whatever_a_request_is_written_in(String dialect, String asked, String answer)
            throws Exception {
        layout.backend("gpu", "m");
        backends.on("gpu", call -> Tape.json(answer));
        FakeGuard guard = guard("watchful");
        List<String> told = new CopyOnWriteArrayList<>();
        guard.screens = screening -> {
            told.add("screen " + screening.request().dialect().id());
            return Ruling.pass();
        };
        guard.assesses = candidate -> {
            told.add("assess " + candidate.target());
            return Verdict.admit();
        };
        guard.admits = attempt -> {
            told.add("admit " + attempt.target());
            return Admission.granted(guard.new Ticket());
        };
        try (RoutedResponse response = ask(RouteRequest.of(dialect(dialect), Body.of(asked)))) {
            assertThat(read(response)).isEqualTo(answer);
        }
        assertThat(told).contains("screen " + dialect, "assess gpu/m", "admit gpu/m");
        assertThat(guard.ended).hasValue(1);
        assertThat(guard.reports).extracting(report -> report.phase().name()).containsExactly("COMMITTED", "ENDED");
    }

    private static Dialect dialect(String id) {
        return Dialect.KNOWN.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
