package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Whom to trust behind {@code https}. TLS 1.2 or newer; the server's name is checked against its certificate. */
public final class Tls {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] NEXT = {"http/1.1"};

    private final SSLContext context;
    private final boolean checksName;

    private Tls(SSLContext context, boolean checksName) {
        this.context = context;
        this.checksName = checksName;
    }

    /** The authorities that the Java installation trusts. */
    public static Tls system() {
        try {
            return new Tls(SSLContext.getDefault(), true);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java installation has no TLS", broken);
        }
    }

    /**
     * The certificates of a file and no others: PEM, or a key store that needs no password to be read. A server's own
     * certificate that stands there is trusted as it is, expired or not.
     *
     * @throws IOException if it cannot be read or holds no certificate
     */
    public static Tls trusting(Path file) throws IOException {
        return new Tls(Trust.context(Trust.read(file, new char[0])), true);
    }

    /** The certificates of a key store with a password, and no others. */
    public static Tls trusting(Path file, char[] password) throws IOException {
        return new Tls(Trust.context(Trust.read(file, password)), true);
    }

    /** Anybody, under any name: the connection is encrypted, but nobody knows with whom. */
    public static Tls insecure() {
        return new Tls(Trust.everybody(), false);
    }

    /** The context, for clients of another make. */
    SSLContext context() {
        return context;
    }

    boolean checksName() {
        return checksName;
    }

    /** Shakes hands over a connected socket. */
    SSLSocket secure(Socket socket, Origin origin) throws IOException {
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(socket, origin.name(), origin.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setApplicationProtocols(NEXT);
        if (checksName) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        secured.setSSLParameters(parameters);
        try {
            secured.startHandshake();
        } catch (IOException failure) {
            throw TlsTrouble.told(failure, origin);
        }
        return secured;
    }
}
