package dev.signalbox.server.listen;

import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Unreadable;
import dev.signalbox.spi.Where;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the certificate a server shows, from PEM files or a keystore. */
final class Certificates {

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final Problems problems;

    Certificates(Problems problems) {
        this.problems = problems;
    }

    /** What to speak TLS with; empty if that cannot be had, and the problem says why. */
    Optional<Tls> read(PluginConfig files) {
        Optional<Path> certificate = files.get(ServerOptions.CERTIFICATE);
        Optional<Path> key = files.get(ServerOptions.KEY);
        boolean pem = certificate.isPresent() || key.isPresent();
        Optional<Path> keystore = files.get(ServerOptions.KEYSTORE);
        boolean half = certificate.isPresent() != key.isPresent();
        if (half || pem == keystore.isPresent()) {
            problems.add(files.where(), "needs a certificate and a key, or a keystore instead of both");
            return Optional.empty();
        }
        return pem
                ? fromPem(files.where(), certificate.orElseThrow(), key.orElseThrow())
                : fromKeystore(
                        files.where(),
                        keystore.orElseThrow(),
                        files.get(ServerOptions.PASSWORD).orElse(""));
    }

    private Optional<Tls> fromPem(Where where, Path certificate, Path key) {
        Optional<List<X509Certificate>> chain = chain(where.child("certificate"), certificate);
        Optional<PemKey> read = PemKey.read(key, where.child("key"), problems);
        return chain.flatMap(certificates -> read.flatMap(one -> one.of(certificates.getFirst(), problems))
                .map(fitting -> tls(fitting, certificates)));
    }

    private Optional<List<X509Certificate>> chain(Where where, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!chain.isEmpty()) {
                return Optional.of(chain);
            }
            problems.add(where, "there is no certificate in " + file);
        } catch (IOException failure) {
            problems.add(where, Unreadable.why(file, failure));
        } catch (GeneralSecurityException failure) {
            problems.add(
                    where,
                    "%s is no certificate as PEM: it would begin with -----BEGIN CERTIFICATE-----".formatted(file));
        }
        return Optional.empty();
    }

    private Optional<Tls> fromKeystore(Where where, Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password.toCharArray()) instanceof PrivateKey key) {
                    return Optional.of(tls(
                            key,
                            Arrays.stream(store.getCertificateChain(alias))
                                    .map(X509Certificate.class::cast)
                                    .toList()));
                }
            }
            problems.add(where.child("keystore"), "there is no private key in " + file);
        } catch (IOException | GeneralSecurityException failure) {
            problems.add(
                    where.child("keystore"),
                    Files.isReadable(file)
                            ? "%s cannot be opened: it is not PKCS#12, or the password is another".formatted(file)
                            : Unreadable.why(file, failure));
        }
        return Optional.empty();
    }

    private static Tls tls(PrivateKey key, List<X509Certificate> chain) {
        Instant end = chain.getFirst().getNotAfter().toInstant();
        if (end.isBefore(Instant.now())) {
            LOG.warn("The certificate of this server expired on {}: clients will refuse it. Renew it.", end);
        }
        Tls tls = Tls.builder().privateKey(key).privateKeyCertChain(chain).build();
        return Tls.builder().sslContext(CheckedContext.of(tls.sslContext())).build();
    }
}
