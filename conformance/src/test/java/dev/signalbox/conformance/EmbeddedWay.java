package dev.signalbox.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.Body;
import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Cancelled;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.Unroutable;
import dev.signalbox.conformance.Honesty.Outcome;
import dev.signalbox.core.Bodies;
import dev.signalbox.core.Router;
import dev.signalbox.examples.embedded.Embedded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the program of {@code examples/embedded} ask the router within it, and leaves by cancelling, or by reading no further.
 * Any thread may ask.
 *
 * @param router who is asked
 * @param bodies takes in what is asked, as a program does that has it from somebody else
 */
record EmbeddedWay(Router router, Bodies bodies) implements Crowd.Way {

    @Override
    public Outcome ask(Ask ask) throws IOException, InterruptedException {
        Cancellation cancellation = Cancellation.create();
        RouteRequest request = RouteRequest.of(dialect(ask), taken(ask)).withCancellation(cancellation);
        List<AnswerFrame> frames = new ArrayList<>();
        if (ask.kind() == Ask.Kind.LEAVES_BEFORE) {
            Thread.startVirtualThread(cancellation::cancel);
        }
        try {
            Embedded.ask(router, request, ask.stays() ? frames::add : frame -> leave(ask, cancellation));
            return ask.stays() ? judged(ask, frames) : Outcome.LEFT;
        } catch (Cancelled | HasRead asWished) {
            assertThat(ask.stays()).as("%s was left", ask).isFalse();
            return Outcome.LEFT;
        } catch (BrokenOff broken) {
            assertTold(ask, broken);
            return Outcome.BROKE_OFF;
        } catch (Unroutable | Exhausted refused) {
            assertTold(ask, refused);
            return Outcome.REFUSED;
        }
    }

    /** The router closes it. */
    private Body taken(Ask ask) throws IOException {
        byte[] json = ask.body().getBytes(UTF_8);
        return bodies.take(new ByteArrayInputStream(json), json.length, json.length)
                .orElseThrow();
    }

    private static Dialect dialect(Ask ask) {
        return switch (ask.kind()) {
            case EMBEDDINGS -> Dialect.OPENAI_EMBEDDINGS;
            case OLLAMA -> Dialect.OLLAMA_CHAT;
            default -> Dialect.OPENAI_CHAT;
        };
    }

    private static Outcome judged(Ask ask, List<AnswerFrame> frames) {
        if (ask.kind() == Ask.Kind.EMBEDDINGS) {
            assertThat(frames)
                    .as("%s", ask)
                    .singleElement()
                    .satisfies(frame -> assertThat(frame.raw()).contains("\"embedding\""));
        } else {
            assertThat(frames.stream().map(AnswerFrame::text).collect(joining()))
                    .as("%s", ask)
                    .isEqualTo("All signals are green.");
        }
        return Outcome.ANSWERED;
    }

    /** By cancelling, or by what a reader throws who wants no more. */
    private static void leave(Ask ask, Cancellation cancellation) {
        if (!ask.abrupt()) {
            throw new HasRead();
        }
        cancellation.cancel();
    }

    private static final class HasRead extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private static void assertTold(Ask ask, RouteException told) {
        assertThat(told.problem().status()).as("%s: %s", ask, told.getMessage()).isBetween(400, 599);
        assertThat(told.problem().message()).as("%s", ask).isNotBlank();
        assertThat(told.trace().steps())
                .as("%s", ask)
                .noneMatch(step -> step.toString().contains("DEFECT"));
    }
}
