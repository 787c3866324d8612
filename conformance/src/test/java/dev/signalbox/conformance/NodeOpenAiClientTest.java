package dev.signalbox.conformance;

class NodeOpenAiClientTest extends NodeClientContract {

    @Override
    String script() {
        return "openai.mjs";
    }

    @Override
    String raises(Mishap mishap) {
        return switch (mishap) {
            case WRONG, OVERFLOW -> "BadRequestError";
            case KEY_REFUSED -> "AuthenticationError";
            case FORBIDDEN -> "PermissionDeniedError";
            case UNKNOWN -> "NotFoundError";
            case TOO_LARGE -> "APIError";
            case SPENT -> "RateLimitError";
            case NOT_CAPABLE, OUR_KEY_REFUSED, FAILED, OVERLOADED, TOO_SLOW -> "InternalServerError";
        };
    }

    @Override
    String raisesBroken() {
        return "APIError";
    }
}
