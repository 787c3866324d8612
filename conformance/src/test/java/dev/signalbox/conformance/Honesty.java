package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether what a client got is an answer, or an error that is told as one in its own dialect. */
final class Honesty {

    /** How a request ended. */
    enum Outcome {
        ANSWERED,
        REFUSED,
        BROKE_OFF,
        LEFT
    }

    private static final Set<Integer> HONEST = Set.of(400, 404, 500, 501, 502, 503, 504, 507);

    private static final Pattern FINISH = Pattern.compile("\"finish_reason\": ?\"stop\"");

    private Honesty() {}

    /** Judges all that came, until the end or until the connection was cut. */
    static Outcome of(Ask ask, int status, HttpHeaders headers, String body, boolean cut) {
        assertThat(headers.firstValue("X-Signalbox-Trace"))
                .as("%s: its trace", ask)
                .isPresent();
        if (status != 200) {
            assertThat(cut).as("%s: its error was cut", ask).isFalse();
            assertError(ask, status, headers, body);
            return Outcome.REFUSED;
        }
        return ask.streamed() ? stream(ask, body, cut) : whole(ask, body, cut);
    }

    private static void assertError(Ask ask, int status, HttpHeaders headers, String body) {
        assertThat(HONEST).as("%s: %s", ask, body).contains(status);
        assertThat(headers.firstValue("X-Signalbox-Steps").orElse(""))
                .as("%s", ask)
                .doesNotContain("defect");
        String shape = ask.kind() == Ask.Kind.OLLAMA ? "\\{\"error\":\".+" : "\\{\"error\":\\{.*\"message\":\".+";
        assertThat(body).as("%s", ask).matches("(?s)" + shape);
        if (status == 503) {
            assertThat(headers.firstValue("Retry-After"))
                    .as("%s: %s", ask, body)
                    .isPresent();
        }
    }

    private static Outcome whole(Ask ask, String body, boolean cut) {
        assertThat(cut).as("%s: a whole answer was cut", ask).isFalse();
        String sign = switch (ask.kind()) {
            case EMBEDDINGS -> "\"embedding\"";
            case OLLAMA -> "\"done\":true";
            default -> "All signals are green.";
        };
        assertThat(body).as("%s", ask).contains(sign);
        return Outcome.ANSWERED;
    }

    /** A stream comes to its finish, even if its server ends before the end mark, or tells that it does not. */
    private static Outcome stream(Ask ask, String body, boolean cut) {
        boolean finished = FINISH.matcher(body).find();
        boolean marked = body.endsWith("data: [DONE]\n\n");
        boolean told = body.contains("data: {\"error\":{");
        assertThat(finished || told).as("%s: finished or told: %s", ask, body).isTrue();
        assertThat(marked && (told || cut))
                .as("%s: broken off and yet marked as complete: %s", ask, body)
                .isFalse();
        return told ? Outcome.BROKE_OFF : Outcome.ANSWERED;
    }
}
