package dev.signalbox.server.listen;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost and its key, made by the JDK's own tool, as a keystore and as PEM. */
final class KeyPairFiles {

    static final String PASSWORD = "changeit";

    private final Path keystore;
    private final KeyStore store;

    private KeyPairFiles(Path keystore) throws IOException, GeneralSecurityException {
        this.keystore = keystore;
        this.store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
    }

    /** One that is good from now on, or from so many days ago, for a day. */
    static KeyPairFiles make(Path folder, String algorithm, int daysAgo) throws Exception {
        Path keystore = folder.resolve(algorithm + ".p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        algorithm,
                        "-validity",
                        "1",
                        "-startdate",
                        "-" + daysAgo + "d",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        return new KeyPairFiles(keystore);
    }

    Path keystore() {
        return keystore;
    }

    Path certificate() throws Exception {
        return pem("CERTIFICATE", store.getCertificate("server").getEncoded(), ".crt.pem");
    }

    Path key() throws Exception {
        return pem("PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded(), ".key.pem");
    }

    /** What a client trusts that trusts this certificate. */
    SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private Path pem(String kind, byte[] bytes, String ending) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(bytes);
        return Files.writeString(
                keystore.resolveSibling(keystore.getFileName() + ending),
                "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, base64, kind));
    }
}
