package dev.signalbox.server.listen;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost and its key, made by the JDK's own tool, as a keystore and as PEM. */
public final class KeyPairFiles {

    public static final String PASSWORD = "changeit";

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
    public static KeyPairFiles make(Path folder, String algorithm, int daysAgo) throws Exception {
        Path keystore = folder.resolve(algorithm + ".p12");
        keytool(
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
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD);
        return new KeyPairFiles(keystore);
    }

    /** One that an authority signed and that has expired since; the authority's own certificate is in {@code ca.pem}. */
    public static KeyPairFiles expired(Path folder) throws Exception {
        KeyPairFiles files = make(folder, "EC", 0);
        String server = files.keystore().toString();
        String authority = folder.resolve("ca.p12").toString();
        String request = folder.resolve("server.csr").toString();
        String signed = folder.resolve("server.crt").toString();
        String ca = folder.resolve("ca.pem").toString();
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-validity",
                "100",
                "-startdate",
                "-20d",
                "-dname",
                "CN=authority",
                "-ext",
                "bc:c",
                "-keystore",
                authority,
                "-storepass",
                PASSWORD);
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", ca, "-keystore", authority, "-storepass", PASSWORD);
        keytool("-certreq", "-alias", "server", "-file", request, "-keystore", server, "-storepass", PASSWORD);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request,
                "-outfile",
                signed,
                "-rfc",
                "-startdate",
                "-10d",
                "-validity",
                "1",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                authority,
                "-storepass",
                PASSWORD);
        keytool("-importcert", "-alias", "ca", "-noprompt", "-file", ca, "-keystore", server, "-storepass", PASSWORD);
        keytool("-importcert", "-alias", "server", "-file", signed, "-keystore", server, "-storepass", PASSWORD);
        return new KeyPairFiles(files.keystore());
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    public Path keystore() {
        return keystore;
    }

    public Path certificate() throws Exception {
        return pem("CERTIFICATE", store.getCertificate("server").getEncoded(), ".crt.pem");
    }

    public Path key() throws Exception {
        return pem("PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded(), ".key.pem");
    }

    /** A listener on a free port that shows it. */
    public Listening listening() throws IOException, GeneralSecurityException {
        return Listening.locally(0)
                .withTls(Tls.builder()
                        .privateKey((PrivateKey) store.getKey("server", PASSWORD.toCharArray()))
                        .privateKeyCertChain(List.of((X509Certificate) store.getCertificate("server")))
                        .build());
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
