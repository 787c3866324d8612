package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedAnthropic;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A client that leaves: the model server is told at once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnthropicCancelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String BEGUN = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-test",\
            "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"All"}}

            """;

    private static ScriptedAnthropic cloud;
    private static Signalbox signalbox;
    private static AnthropicClient client;

    @BeforeAll
    static void start() throws Exception {
        cloud = ScriptedAnthropic.start();
        signalbox = Signalbox.configured("""
                backends:
                  cloud: { type: anthropic, base-url: "%s", models: [ claude-test ] }
                """, cloud.uri());
        client = Anthropic.client(signalbox, new Naps()).withOptions(options -> options.maxRetries(0));
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
        cloud.close();
    }

    @AfterEach
    void repair() {
        cloud.recovers();
    }

    @Test
    void closing_a_stream_in_the_middle_ends_the_generation() {
        cloud.sends(good -> begun());
        Asked asked = Asked.of(cloud);
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(Anthropic.asking("cloud/claude-test"))) {
            assertThat(stream.stream()
                            .filter(RawMessageStreamEvent::isContentBlockDelta)
                            .findFirst())
                    .isPresent();
        }
        assertThat(asked.last().clientLeft()).succeedsWithin(PATIENCE);
    }

    @Test
    void closing_an_asynchronous_stream_ends_the_generation_too() {
        cloud.sends(good -> begun());
        Asked asked = Asked.of(cloud);
        AsyncStreamResponse<RawMessageStreamEvent> stream =
                client.async().messages().createStreaming(Anthropic.asking("cloud/claude-test"));
        stream.subscribe(first -> stream.close());
        assertThat(asked.first().clientLeft()).succeedsWithin(PATIENCE);
    }

    private static Reply begun() {
        return Reply.stream("text/event-stream").chunk(BEGUN).thenStalls();
    }
}
