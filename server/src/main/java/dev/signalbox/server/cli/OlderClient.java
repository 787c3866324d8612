package dev.signalbox.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/**
 * How a start asks what it asks in plain HTTP: by the JDK's older client. The newer one makes ready for TLS first, and its
 * classes would be in the start cache and loaded each time.
 */
final class OlderClient {

    private OlderClient() {}

    /**
     * A connection that is not made yet, to that place and no other.
     *
     * @param limit how long it may take to be made, and each piece of the answer to come
     */
    static HttpURLConnection to(URI place, Duration limit) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) place.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) limit.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        return connection;
    }

    /** What it is answered, an error too; the caller closes it. */
    static InputStream answer(HttpURLConnection connection) throws IOException {
        if (connection.getResponseCode() < 400) {
            return connection.getInputStream();
        }
        InputStream error = connection.getErrorStream();
        return error == null ? InputStream.nullInputStream() : error;
    }
}
