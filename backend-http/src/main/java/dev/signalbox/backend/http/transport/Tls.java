package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust behind {@code https}, and who we say we are. TLS 1.2 or newer; the server's name is checked against its
 * certificate. Any thread may use it; nothing of what it says ever changes.
 */
public final class Tls {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] NEXT = {"http/1.1"};

    private static final Tls SYSTEM = new Tls(new KeyManager[0], Trust::system, true);

    private final KeyManager[] keys;
    private final Supplier<TrustManager[]> trust;
    private final boolean checksName;
    private volatile @Nullable SSLContext context; // made on first use; by two threads at once both are as good

    private Tls(KeyManager[] keys, Supplier<TrustManager[]> trust, boolean checksName) {
        this.keys = keys;
        this.trust = trust;
        this.checksName = checksName;
    }

    /** The authorities that the Java installation trusts; read when the first connection is secured. */
    public static Tls system() {
        return SYSTEM;
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
        TrustManager[] managers = Trust.managers(Trust.read(file, password));
        return new Tls(new KeyManager[0], () -> managers, true);
    }

    /** Anybody, under any name: the connection is encrypted, but nobody knows with whom. */
    public static Tls insecure() {
        return new Tls(new KeyManager[0], Trust::everybody, false);
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
        SSLContext made = context;
        if (made == null) {
            made = Trust.context(keys, trust.get());
            context = made;
        }
        return made;
    }

    boolean checksName() {
        return checksName;
    }

    /** Shakes hands over a connected socket. */
    SSLSocket secure(Socket socket, Origin origin) throws IOException {
        SSLSocket secured =
                (SSLSocket) context().getSocketFactory().createSocket(socket, origin.name(), origin.port(), true);
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
