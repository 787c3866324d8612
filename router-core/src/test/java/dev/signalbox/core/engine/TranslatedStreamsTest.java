package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Streams, event by event, in the words of the client. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TranslatedStreamsTest extends TranslatingFixture {

    @Test
    void a_stream_is_told_event_by_event_to_its_end() throws Exception {
        String heard = bytes(messages(",'stream':true"));

        assertThat(heard.lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: message_start",
                        "event: content_block_start",
                        "event: content_block_delta",
                        "event: content_block_stop",
                        "event: message_delta",
                        "event: message_stop");
        assertThat(backends.body("gpu")).contains("\"stream_options\":{\"include_usage\":true}");
    }

    @Test
    void a_stream_that_breaks_off_ends_with_the_clients_error_and_no_end() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.ROLE + Chat.text("Hi")));

        String heard = bytes(messages(",'stream':true"));

        assertThat(heard).contains("\"text\":\"Hi\"").contains("event: error\n").doesNotContain("message_stop");
    }

    @Test
    void a_broken_stream_of_events_that_are_numbered_ends_with_the_next_numbers() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.ROLE + Chat.text("Hi") + Chat.PING));
        String request = "{'model':'coding','stream':true,'input':'Hi'}".replace('\'', '"');

        String heard = bytes(RouteRequest.of(Dialect.OPENAI_RESPONSES, Body.of(request)));

        long events = heard.lines().filter(line -> line.startsWith("data: ")).count();
        assertThat(heard.lines().filter(line -> line.startsWith("event: ")).skip(events - 2))
                .containsExactly("event: error", "event: response.failed");
        for (int number = 0; number < events; number++) {
            assertThat(heard).contains("\"sequence_number\":" + number);
        }
        assertThat(heard).doesNotContain("\"sequence_number\":" + events);
    }
}
