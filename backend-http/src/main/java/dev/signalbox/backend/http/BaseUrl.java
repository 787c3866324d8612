package dev.signalbox.backend.http;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a server listens, written with or without {@code /v1} and slashes at its end.
 *
 * @param root the address without the version: {@code http://localhost:11434}
 * @param api the address that OpenAI's paths follow: {@code http://localhost:11434/v1}
 */
public record BaseUrl(String root, String api) {

    private static final Pattern ENDPOINT = Pattern.compile(
            "/(chat/completions|completions|embeddings|responses|messages|models|api/(chat|generate|tags))$");
    private static final Pattern VERSION = Pattern.compile(".*/v\\d[^/]*(/.*)?");

    /**
     * Reads an address. One that ends in {@code /v1} is the API's; one with another version in its path, such as
     * {@code /v1beta/openai}, is taken as it is; to any other {@code /v1} is added. Whoever copied the address of an
     * endpoint, {@code /chat/completions} and the like, gets the address before it.
     */
    public static BaseUrl of(URI address) {
        String path = ENDPOINT.matcher(path(address)).replaceFirst("");
        String text = address.getScheme() + "://" + address.getRawAuthority() + path;
        if (text.endsWith("/v1")) {
            return new BaseUrl(text.substring(0, text.length() - "/v1".length()), text);
        }
        boolean versioned = VERSION.matcher(path).matches();
        return new BaseUrl(text, versioned ? text : text + "/v1");
    }

    /** The name or address of the machine; an IPv6 address without its brackets. */
    public String host() {
        String authority = URI.create(root).getRawAuthority();
        int colon = authority.lastIndexOf(':');
        String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** An address below the root. */
    public URI root(String path) {
        return URI.create(root + path);
    }

    /** An address below the API. */
    public URI api(String path) {
        return URI.create(api + path);
    }

    private static String path(URI address) {
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
