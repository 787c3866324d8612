package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Whom to trust behind {@code https}, and who we say we are. TLS 1.2 or newer; the server's name is checked against its
 * certificate. Immutable.
 */
public final class Tls {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] NEXT = {"http/1.1"};

    private final TrustManager[] trust;
    private final boolean checksName;
    private final SSLContext context;

    private Tls(KeyManager[] keys, TrustManager[] trust, boolean checksName) {
        this.trust = trust;
        this.checksName = checksName;
        this.context = Trust.context(keys, trust);
    }

    /** The authorities that the Java installation trusts. */
    public static Tls system() {
        return new Tls(new KeyManager[0], Trust.system(), true);
    }

    /**
     * The certificates of a file and no others: PEM, or a key store that needs no password to be read. A server's own
     * certificate that stands there is trusted as it is, expired or not.
     *
     * @throws IOException if it cannot be read or holds no certificate
     */
    public static Tls trusting(Path file) throws IOException {
        return trusting(file, new char[0]);
    }

    /** The certificates of a key store with a password, and no others. */
    public static Tls trusting(Path file, char[] password) throws IOException {
        return new Tls(new KeyManager[0], Trust.managers(Trust.read(file, password)), true);
    }

    /** Anybody, under any name: the connection is encrypted, but nobody knows with whom. */
    public static Tls insecure() {
        return new Tls(new KeyManager[0], Trust.everybody(), false);
    }

    /**
     * The same trust, and this key and its certificate shown to servers that ask who we are.
     *
     * @param file a key store, such as one of PKCS12
     * @throws IOException if it cannot be read or holds no key
     */
    public Tls presenting(Path file, char[] password) throws IOException {
        return new Tls(Trust.keys(Trust.read(file, password), password, file), trust, checksName);
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
