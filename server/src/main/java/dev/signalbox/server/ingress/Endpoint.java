package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;

/**
 * Something that can be asked for.
 *
 * @param method how
 * @param path where, as a pattern of Helidon's
 * @param dialect the shape of its errors
 * @param open whether it is answered without a key
 * @param answering who answers
 */
record Endpoint(Method method, String path, Dialect dialect, boolean open, Answering answering) {

    static Endpoint get(String path, Answering answering) {
        return new Endpoint(Method.GET, path, Faces.of(path), false, answering);
    }

    static Endpoint post(String path, Dialect dialect, Answering answering) {
        return new Endpoint(Method.POST, path, dialect, false, answering);
    }

    /** The same, answered to everybody. */
    Endpoint withoutKey() {
        return new Endpoint(method, path, dialect, true, answering);
    }

    /** The same under another path. */
    Endpoint at(String other) {
        return new Endpoint(method, other, dialect, open, answering);
    }

    /** The same by another method. */
    Endpoint by(Method other) {
        return new Endpoint(other, path, dialect, open, answering);
    }

    /** The shape of its errors for who asks: what takes no body may be asked for by clients of several APIs. */
    Dialect face(ServerRequestHeaders headers) {
        return method.equals(Method.POST) ? dialect : Faces.of(dialect, headers);
    }

    /** The path as a reader would write it. */
    String shown() {
        return path.replace("{+id}", "{id}");
    }
}
