package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingConfigEnabled;
import dev.signalbox.testkit.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AnthropicMessagesTest {

    private static final Answer WORDS = Answer.saying("All", " clear", ".").using(11, 3);

    private static AnthropicRuntimes runtimes;
    private static Signalbox signalbox;
    private static AnthropicClient client;

    @BeforeAll
    static void start() throws Exception {
        runtimes = AnthropicRuntimes.start();
        signalbox = Signalbox.configured(runtimes.configuration());
        client = Anthropic.client(signalbox, new Naps());
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
        runtimes.close();
    }

    static List<String> targets() {
        return runtimes.targets();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void understands_a_whole_answer(String target) {
        runtimes.say(WORDS);
        Message answer = client.messages().create(Anthropic.asking(target));
        assertThat(Anthropic.text(answer)).isEqualTo("All clear.");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.usage().inputTokens()).isEqualTo(11);
        assertThat(answer.usage().outputTokens()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void understands_a_stream_piece_by_piece(String target) {
        runtimes.say(WORDS);
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(Anthropic.asking(target))) {
            assertThat(stream.stream()
                            .flatMap(event -> event.contentBlockDelta().stream())
                            .flatMap(delta -> delta.delta().text().stream())
                            .map(text -> text.text()))
                    .containsExactly("All", " clear", ".");
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void puts_a_stream_together(String target) {
        runtimes.say(WORDS.finishing("length"));
        Message answer = Anthropic.streamed(client, Anthropic.asking(target));
        assertThat(Anthropic.text(answer)).isEqualTo("All clear.");
        assertThat(answer.stopReason()).contains(StopReason.MAX_TOKENS);
        assertThat(answer.usage().outputTokens()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void sees_what_was_thought_whole_and_streamed(String target) {
        runtimes.say(WORDS.thinking("Let me", " look."));
        MessageCreateParams thinking = Anthropic.asking(target).toBuilder()
                .maxTokens(4096)
                .thinking(ThinkingConfigEnabled.builder().budgetTokens(1024).build())
                .build();
        for (Message answer : List.of(client.messages().create(thinking), Anthropic.streamed(client, thinking))) {
            assertThat(answer.content().getFirst().asThinking().thinking()).isEqualTo("Let me look.");
            assertThat(Anthropic.text(answer)).isEqualTo("All clear.");
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shows_an_image(String target) {
        runtimes.say(WORDS);
        ImageBlockParam image = ImageBlockParam.builder()
                .source(Base64ImageSource.builder()
                        .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                        .data("iVBORw0KGgo=")
                        .build())
                .build();
        MessageCreateParams looking = MessageCreateParams.builder()
                .model(target)
                .maxTokens(64)
                .addUserMessageOfContentBlockParams(List.of(
                        ContentBlockParam.ofText(
                                TextBlockParam.builder().text("What is this?").build()),
                        ContentBlockParam.ofImage(image)))
                .build();
        Asked asked = Asked.of(runtimes.at(target));
        assertThat(Anthropic.text(client.messages().create(looking))).isEqualTo("All clear.");
        assertThat(asked.last().text()).contains("iVBORw0KGgo=").contains("What is this?");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void has_tokens_counted_and_nothing_generated(String target) {
        int before = runtimes.at(target).server().generations();
        long tokens = client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model(target)
                        .addUserMessage("What do the signals say?")
                        .build())
                .inputTokens();
        assertThat(tokens).isBetween(3L, 60L);
        assertThat(runtimes.at(target).server().generations()).isEqualTo(before);
    }
}
