package dev.signalbox.backend.http.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys, and makes of them what TLS wants. */
final class Trust {

    private static final int LARGEST = 16 * 1024 * 1024;

    private Trust() {}

    /** The certificates of a PEM file or key store. */
    static KeyStore read(Path file, char[] password) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(
                    "%s has more than %d bytes, so it is no list of certificates".formatted(file, LARGEST));
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            boolean pem = new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----");
            KeyStore store = pem ? pem(bytes) : KeyStore.getInstance(file.toFile(), password);
            if (Collections.list(store.aliases()).isEmpty()) {
                throw new IOException(file + " holds no certificate that can be read without a password");
            }
            return store;
        } catch (GeneralSecurityException failure) {
            throw new IOException(
                    "%s is neither a PEM file of certificates nor a key store: %s"
                            .formatted(file, failure.getMessage()),
                    failure);
        }
    }

    /** What trusts these certificates. */
    static TrustManager[] managers(KeyStore store) throws IOException {
        try {
            return factory(store).getTrustManagers();
        } catch (GeneralSecurityException failure) {
            throw new IOException("these certificates cannot be used: " + failure.getMessage(), failure);
        }
    }

    /** What trusts the authorities of the Java installation. */
    static TrustManager[] system() {
        try {
            return factory(null).getTrustManagers();
        } catch (GeneralSecurityException broken) {
            throw withoutTls(broken);
        }
    }

    /** What trusts everybody. */
    static TrustManager[] everybody() {
        return new TrustManager[] {new Everybody()};
    }

    /** What shows the keys of a store. */
    static KeyManager[] keys(KeyStore store, char[] password, Path file) throws IOException {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return factory.getKeyManagers();
                }
            }
        } catch (GeneralSecurityException failure) {
            throw new IOException("the key of %s cannot be used: %s".formatted(file, failure.getMessage()), failure);
        }
        throw new IOException(file + " holds no key");
    }

    static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw withoutTls(broken);
        }
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static IllegalStateException withoutTls(GeneralSecurityException broken) {
        return new IllegalStateException("this Java installation has no TLS", broken);
    }

    private static KeyStore pem(byte[] bytes) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        return store;
    }

    /** Extended, because the plain kind is wrapped into one that checks names all the same. */
    private static final class Everybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
