package dev.signalbox.backend.http.transport;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes certificates with the tool that comes with Java, and servers that show them. */
final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private Certificates() {}

    /** A key store with the key of an authority. */
    static Path authority(Path folder) throws Exception {
        Path store = folder.resolve("authority.p12");
        keytool("-alias", "authority", "-dname", "CN=authority", "-ext", "bc:c", "-keystore", store.toString());
        return store;
    }

    /** A key store with a server's key, its certificate signed by that authority. */
    static Path signed(Path authority, String name, String... extra) throws Exception {
        Path store = Files.copy(authority, authority.resolveSibling(name + ".p12"));
        List<String> options = new ArrayList<>(List.of("-alias", "server", "-dname", "CN=" + name));
        options.addAll(List.of("-signer", "authority", "-keystore", store.toString()));
        options.addAll(List.of(extra));
        keytool(options.toArray(String[]::new));
        return store;
    }

    /** The certificate of the authority in a key store, alone, as PEM. */
    static Path pem(Path store) throws Exception {
        Certificate certificate = load(store).getCertificate("authority");
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(Path.of(store + ".pem"), "# a comment\n" + pem);
    }

    /** Listens with the server's certificate of a key store. */
    static ServerSocket listen(Path store) throws Exception {
        return server(store, new TrustManager[0]);
    }

    /** Listens to clients that show a certificate of the same authority. */
    static ServerSocket listenToKnown(Path store) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(store));
        SSLServerSocket server = (SSLServerSocket) server(store, trust.getTrustManagers());
        server.setNeedClientAuth(true);
        return server;
    }

    private static ServerSocket server(Path store, TrustManager[] trust) throws Exception {
        KeyStore keys = load(store);
        keys.deleteEntry("authority");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), trust, null);
        return context.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    private static void keytool(String... options) throws Exception {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(tool, "-genkeypair", "-keyalg", "EC"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    static char[] password() {
        return PASSWORD.clone();
    }

    private static KeyStore load(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(store.toFile())) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }
}
