package dev.signalbox.conformance;

import java.util.Map;

class NodeAnthropicClientTest extends NodeClientContract {

    @Override
    String script() {
        return "anthropic.mjs";
    }

    @Override
    Map<Mishap, String> names() {
        return Map.of(
                Mishap.WRONG, "BadRequestError",
                Mishap.KEY_REFUSED, "AuthenticationError",
                Mishap.FORBIDDEN, "PermissionDeniedError",
                Mishap.UNKNOWN, "NotFoundError",
                Mishap.TOO_LARGE, "ContentTooLargeError",
                Mishap.SPENT, "RateLimitError",
                Mishap.FAILED, "InternalServerError",
                Mishap.OVERLOADED, "OverloadedError",
                Mishap.TOO_SLOW, "GatewayTimeoutError");
    }
}
