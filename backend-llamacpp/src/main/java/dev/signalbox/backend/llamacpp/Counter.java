package dev.signalbox.backend.llamacpp;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.JsonText;
import dev.signalbox.backend.llamacpp.Listed.State;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RequestView.Message;
import dev.signalbox.spi.TokenCounter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Has a loaded model write out the prompt and count its tokens. Any thread may use it. */
record Counter(Endpoints endpoints) implements TokenCounter {

    /** The server is well, it just cannot say. */
    private static final Set<FailureKind> UNTOLD = EnumSet.of(
            FailureKind.REJECTED,
            FailureKind.UNSUPPORTED,
            FailureKind.MODEL_UNAVAILABLE,
            FailureKind.LOADING,
            FailureKind.SERVER_ERROR,
            FailureKind.CONTEXT_OVERFLOW);

    @Override
    public OptionalLong count(RequestView request, String model, Deadline deadline)
            throws BackendException, InterruptedException {
        if (request.images() > 0) {
            return OptionalLong.empty(); // how many tokens an image becomes is known when it has been read
        }
        try {
            return isLoaded(model, deadline) ? tokens(request, model, deadline) : OptionalLong.empty();
        } catch (BackendException failed) {
            if (UNTOLD.contains(failed.kind())) {
                return OptionalLong.empty();
            }
            throw failed;
        }
    }

    /** To count is to be asked: it would wake one that sleeps. */
    private boolean isLoaded(String model, Deadline deadline) throws BackendException, InterruptedException {
        return !endpoints.facts(Endpoints.ITSELF, deadline).isAsleep()
                && endpoints
                        .model(model, deadline)
                        .filter(listed -> listed.state() == State.LOADED)
                        .isPresent();
    }

    private OptionalLong tokens(RequestView request, String model, Deadline deadline)
            throws BackendException, InterruptedException {
        OptionalLong told = isAnthropics(request)
                ? endpoints.messages().count(request, model, deadline)
                : OptionalLong.empty(); // or a server too old for that
        if (told.isPresent()) {
            return told;
        }
        Optional<String> chat = chat(request);
        if (chat.isPresent()) {
            String prompt = endpoints.prompt(model, chat.get(), deadline);
            return prompt.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(endpoints.tokenize(model, prompt, deadline));
        }
        Optional<String> text = text(request);
        return text.isPresent()
                ? OptionalLong.of(endpoints.tokenize(model, text.get(), deadline))
                : OptionalLong.empty();
    }

    private static boolean isAnthropics(RequestView request) {
        return request.dialect().family().equals(Dialect.ANTHROPIC_MESSAGES.family());
    }

    /** The members of a chat that its prompt is made of; a chat of another dialect only if it is plain talk. */
    private static Optional<String> chat(RequestView request) {
        if (request.dialect().equals(Dialect.OPENAI_CHAT)) {
            String tools = request.raw("/tools").map(",\"tools\":"::concat).orElse("");
            return request.raw("/messages").map(messages -> "\"messages\":" + messages + tools);
        }
        boolean talk = request.raw("/messages").isPresent()
                && request.tools().isEmpty()
                && request.toolCalls().isEmpty();
        return talk ? Optional.of("\"messages\":" + messages(request)) : Optional.empty();
    }

    private static String messages(RequestView request) {
        return request.messages().stream().map(Counter::message).collect(Collectors.joining(",", "[", "]"));
    }

    private static String message(Message message) {
        return "{\"role\":%s,\"content\":%s}".formatted(JsonText.quote(message.role()), JsonText.quote(message.text()));
    }

    /** The one text that a request without messages consists of. */
    private static Optional<String> text(RequestView request) {
        boolean plain = request.dialect().equals(Dialect.OPENAI_COMPLETIONS)
                || request.dialect().equals(Dialect.OPENAI_EMBEDDINGS);
        return request.raw("/prompt")
                .or(() -> request.raw("/input"))
                .filter(json -> plain && json.startsWith("\""))
                .map(json -> request.wholeText());
    }
}
