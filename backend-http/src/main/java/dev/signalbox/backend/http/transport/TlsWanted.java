package dev.signalbox.backend.http.transport;

import java.util.List;
import java.util.Locale;

/** A server behind TLS that was asked in plain HTTP, as most people are once who forget the {@code s}. */
public final class TlsWanted {

    /** What would be right. */
    public static final String WORDS = "it speaks TLS; is it https:// instead of http://?";

    /** What nginx, Go's own server, Apache and Tomcat say then, in plain HTTP of status 400. */
    private static final List<String> SAID = List.of(
            "the plain http request was sent to https port",
            "client sent an http request to an https server",
            "speaking plain http to an ssl-enabled server port",
            "combination of host and port requires tls");

    private TlsWanted() {}

    /** Whether a reply of that status and text says so. */
    public static boolean saidBy(int status, String text) {
        String seen = text.toLowerCase(Locale.ROOT);
        return status == 400 && SAID.stream().anyMatch(seen::contains);
    }
}
