package dev.signalbox.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.conformance.Honesty.Outcome;
import dev.signalbox.core.Bodies;
import dev.signalbox.spi.Routing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;

/**
 * Asks a router in this very program, and leaves by cancelling or closing. Any thread may ask.
 *
 * @param router who is asked
 * @param bodies takes in what is asked, as a program does that has it from somebody else
 */
record EmbeddedWay(Routing router, Bodies bodies) implements Crowd.Way {

    @Override
    public Outcome ask(Ask ask) throws IOException, InterruptedException {
        Cancellation cancellation = Cancellation.create();
        RouteRequest request = RouteRequest.of(dialect(ask), taken(ask)).withCancellation(cancellation);
        if (ask.kind() == Ask.Kind.LEAVES_BEFORE) {
            Thread.startVirtualThread(cancellation::cancel);
        }
        try (RoutedResponse response = router.route(request)) {
            return ask.stays() ? read(ask, response) : leave(ask, response, cancellation);
        } catch (Cancelled asWished) {
            assertThat(ask.stays()).as("%s was cancelled", ask).isFalse();
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

    private static Outcome read(Ask ask, RoutedResponse response) throws IOException {
        if (ask.kind() == Ask.Kind.EMBEDDINGS) {
            assertThat(response.body().readAllBytes()).as("%s", ask).isNotEmpty();
        } else {
            assertThat(response.text()).as("%s", ask).isEqualTo("All signals are green.");
        }
        return Outcome.ANSWERED;
    }

    private static Outcome leave(Ask ask, RoutedResponse response, Cancellation cancellation) {
        Iterator<AnswerFrame> frames = response.frames().iterator();
        assertThat(frames.hasNext()).as("%s: a frame", ask).isTrue();
        if (ask.abrupt()) {
            cancellation.cancel();
        }
        return Outcome.LEFT;
    }

    private static void assertTold(Ask ask, RouteException told) {
        assertThat(told.problem().status()).as("%s: %s", ask, told.getMessage()).isBetween(400, 599);
        assertThat(told.problem().message()).as("%s", ask).isNotBlank();
        assertThat(told.trace().steps())
                .as("%s", ask)
                .noneMatch(step -> step.toString().contains("DEFECT"));
    }
}
