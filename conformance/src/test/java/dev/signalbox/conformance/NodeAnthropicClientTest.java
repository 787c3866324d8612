package dev.signalbox.conformance;

class NodeAnthropicClientTest extends NodeClientContract {

    @Override
    String script() {
        return "anthropic.mjs";
    }

    @Override
    String raises(Mishap mishap) {
        return switch (mishap) {
            case WRONG, OVERFLOW -> "BadRequestError";
            case KEY_REFUSED -> "AuthenticationError";
            case FORBIDDEN -> "PermissionDeniedError";
            case UNKNOWN -> "NotFoundError";
            case TOO_LARGE -> "ContentTooLargeError";
            case SPENT -> "RateLimitError";
            case NOT_CAPABLE -> "NotImplementedError";
            case OUR_KEY_REFUSED, FAILED -> "InternalServerError";
            case OVERLOADED -> "OverloadedError";
            case TOO_SLOW -> "GatewayTimeoutError";
        };
    }

    @Override
    String raisesBroken() {
        return "APIError";
    }
}
