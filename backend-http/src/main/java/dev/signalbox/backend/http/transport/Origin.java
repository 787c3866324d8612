package dev.signalbox.backend.http.transport;

import java.net.URI;
import java.util.Locale;

/** Where a connection leads to. Two calls of one origin may use the same connection, one after the other. */
record Origin(boolean secure, String host, int port) {

    /** The origin of a URI; reads the authority itself, since {@code URI} knows no host with an underscore in its name. */
    static Origin of(URI uri) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        String authority = uri.getRawAuthority();
        if (authority == null || (!secure && !"http".equalsIgnoreCase(uri.getScheme())) || authority.contains("@")) {
            throw new IllegalArgumentException("not an absolute http URI without user info, such as http://host:8080");
        }
        int colon = authority.lastIndexOf(':');
        boolean ported = colon > authority.lastIndexOf(']');
        String host = ported ? authority.substring(0, colon) : authority;
        String port = ported ? authority.substring(colon + 1) : "";
        return new Origin(secure, host.toLowerCase(Locale.ROOT), port.isEmpty() ? standard(secure) : number(port));
    }

    /** What stands in the {@code Host} line. */
    String authority() {
        return port == standard(secure) ? host : host + ":" + port;
    }

    /** The host as the resolver and the certificate know it: without the brackets of an IPv6 address. */
    String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority();
    }

    private static int standard(boolean secure) {
        return secure ? 443 : 80;
    }

    private static int number(String port) {
        int number = port.length() <= 5 && isDigits(port) ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("\"%s\" is not a port, 1 to 65535".formatted(port));
        }
        return number;
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
