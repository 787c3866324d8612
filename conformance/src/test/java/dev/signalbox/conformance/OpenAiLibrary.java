package dev.signalbox.conformance;

import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIServiceException;
import java.util.OptionalInt;

/** {@code com.openai:openai-java}: what all of its parts have in common. */
abstract class OpenAiLibrary implements Library {

    private final OpenAIClient client;

    OpenAiLibrary(OpenAIClient client) {
        this.client = client;
    }

    @Override
    public String raises(Mishap mishap) {
        return switch (mishap) {
            case WRONG, OVERFLOW -> "BadRequestException";
            case KEY_REFUSED -> "UnauthorizedException";
            case FORBIDDEN -> "PermissionDeniedException";
            case UNKNOWN -> "NotFoundException";
            case TOO_LARGE -> "UnexpectedStatusCodeException";
            case SPENT -> "RateLimitException";
            case FAILED, OVERLOADED, TOO_SLOW, NOT_CAPABLE, OUR_KEY_REFUSED -> "InternalServerException";
        };
    }

    @Override
    public String raisesBroken() {
        return "SseException";
    }

    @Override
    public OptionalInt status(Throwable raised) {
        return OptionalInt.of(((OpenAIServiceException) raised).statusCode());
    }

    @Override
    public void close() {
        client.close();
    }
}
