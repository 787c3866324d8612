package dev.signalbox.conformance;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** LangChain4j's models of OpenAI, as its own documentation makes them. */
final class LangChain {

    private static final Duration LIMIT = Duration.ofSeconds(20); // for tests that fail

    private LangChain() {}

    /** A model that answers whole. It tries once; else it would sleep between its tries. */
    static OpenAiChatModel chat(Signalbox signalbox, String model) {
        return OpenAiChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .timeout(LIMIT)
                .maxRetries(0)
                .build();
    }

    /** A model that streams. */
    static OpenAiStreamingChatModel stream(Signalbox signalbox, String model) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .timeout(LIMIT)
                .build();
    }

    /** A model that embeds. */
    static OpenAiEmbeddingModel embeddings(Signalbox signalbox, String model) {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .timeout(LIMIT)
                .maxRetries(0)
                .build();
    }

    /** A question. */
    static ChatRequest question() {
        return ChatRequest.builder()
                .messages(List.of(UserMessage.from("What do the signals say?")))
                .build();
    }

    /** Asks for a stream and listens to it. */
    static Heard listen(StreamingChatModel model, ChatRequest request) {
        return listen(model, request, context -> {});
    }

    /** Asks for a stream, listens to it, and does something at each piece. */
    static Heard listen(StreamingChatModel model, ChatRequest request, Consumer<PartialResponseContext> atEachPiece) {
        Heard heard = new Heard(new CopyOnWriteArrayList<>(), new CompletableFuture<>());
        model.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                heard.pieces.add(piece.text());
                atEachPiece.accept(context);
            }

            @Override
            public void onCompleteResponse(ChatResponse whole) {
                heard.end.complete(whole);
            }

            @Override
            public void onError(Throwable error) {
                heard.end.completeExceptionally(error);
            }
        });
        return heard;
    }

    /**
     * What came.
     *
     * @param pieces the text, piece by piece
     * @param end the whole at its end, or what was raised
     */
    record Heard(List<String> pieces, CompletableFuture<ChatResponse> end) {}
}
