package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Locale;

/**
 * What a body has to be said to be. JSON: a page of a stranger can have a browser send anything else without asking
 * beforehand. Clients of Ollama that are no browser may say what they like, as curl does in its whole documentation.
 */
final class ContentTypes {

    private static final String JSON = "application/json";
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    private ContentTypes() {}

    /** Lets JSON in, and refuses what is not said to be. */
    static void check(Exchange exchange) {
        String type = exchange.header(HeaderNames.CONTENT_TYPE).orElse("");
        if (type.equals(JSON)) {
            return;
        }
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!isJson(essence)
                && !(isOllama(exchange.dialect())
                        && isNoBrowser(exchange.request().headers()))) {
            throw Refused.permanent(
                    415,
                    "unsupported_content_type",
                    "The content type is %s. This path takes JSON: send \"Content-Type: application/json\"."
                            .formatted(essence.isEmpty() ? "missing" : "\"" + essence + "\""));
        }
    }

    private static boolean isJson(String essence) {
        return essence.equals(JSON) || essence.endsWith("+json");
    }

    private static boolean isOllama(Dialect dialect) {
        return dialect.family().equals(Dialect.OLLAMA_CHAT.family());
    }

    /** Browsers tell where a POST comes from, and pages cannot keep them from it. */
    private static boolean isNoBrowser(ServerRequestHeaders headers) {
        return !headers.contains(HeaderNames.ORIGIN) && !headers.contains(FETCH_SITE);
    }
}
