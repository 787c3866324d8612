package dev.signalbox.conformance;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What comes of a stream of LangChain4j's, which calls back.
 *
 * @param pieces the text, piece by piece
 * @param end the whole at its end, or what was raised
 */
record LangChainStream(List<String> pieces, CompletableFuture<ChatResponse> end) {

    /** Asks for a stream, listens to it, and does something at each piece. */
    static LangChainStream of(
            StreamingChatModel model, ChatRequest request, Consumer<PartialResponseContext> atEachPiece) {
        LangChainStream heard = new LangChainStream(new CopyOnWriteArrayList<>(), new CompletableFuture<>());
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
}
