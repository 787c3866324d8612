package dev.signalbox.conformance;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolUseBlock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The official client of Anthropic, as its own documentation makes it. */
final class Anthropic {

    private static final Duration LIMIT = Duration.ofSeconds(20); // for tests that fail

    private Anthropic() {}

    /** A client that tries again when it thinks it should, but does not sleep before. */
    static AnthropicClient client(Signalbox signalbox, Naps naps) {
        return client(signalbox, naps, "no-key");
    }

    /** The same with a key. */
    static AnthropicClient client(Signalbox signalbox, Naps naps, String key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(signalbox.address())
                .apiKey(key)
                .sleeper(naps)
                .timeout(LIMIT)
                .build();
    }

    /** A client that tries once, or as often as it does by itself. */
    static AnthropicClient trying(Signalbox signalbox, boolean eager) {
        AnthropicClient client = client(signalbox, new Naps());
        return eager ? client : client.withOptions(options -> options.maxRetries(0));
    }

    /** A question for a model. */
    static MessageCreateParams asking(String model) {
        return MessageCreateParams.builder()
                .model(model)
                .maxTokens(64)
                .addUserMessage("What do the signals say?")
                .build();
    }

    /** One of the tools of {@link Question#TOOLS}. */
    static Tool tool(String name) {
        Tool.InputSchema.Properties.Builder properties = Tool.InputSchema.Properties.builder();
        Question.properties(name)
                .forEach((parameter, type) -> properties.putAdditionalProperty(parameter, JsonValue.from(type)));
        return Tool.builder()
                .name(name)
                .inputSchema(Tool.InputSchema.builder()
                        .properties(properties.build())
                        .build())
                .build();
    }

    /** A stream, read to its end and put together by the client's own means. */
    static Message streamed(AnthropicClient client, MessageCreateParams asking) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(asking)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    /** All of its text. */
    static String text(Message answer) {
        return answer.content().stream()
                .flatMap(block -> block.text().stream())
                .map(text -> text.text())
                .collect(Collectors.joining());
    }

    /** The calls of tools in order. */
    static List<ToolUseBlock> calls(Message answer) {
        return answer.content().stream()
                .flatMap((ContentBlock block) -> block.toolUse().stream())
                .toList();
    }
}
