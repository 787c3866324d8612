package dev.signalbox.conformance;

import java.util.Map;

class NodeOpenAiClientTest extends NodeClientContract {

    @Override
    String script() {
        return "openai.mjs";
    }

    @Override
    Map<Mishap, String> names() {
        return Map.of(
                Mishap.WRONG, "BadRequestError",
                Mishap.KEY_REFUSED, "AuthenticationError",
                Mishap.FORBIDDEN, "PermissionDeniedError",
                Mishap.UNKNOWN, "NotFoundError",
                Mishap.TOO_LARGE, "APIError",
                Mishap.SPENT, "RateLimitError",
                Mishap.FAILED, "InternalServerError",
                Mishap.OVERLOADED, "InternalServerError",
                Mishap.TOO_SLOW, "InternalServerError");
    }
}
