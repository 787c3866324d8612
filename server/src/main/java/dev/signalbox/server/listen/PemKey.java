package dev.signalbox.server.listen;

import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Unreadable;
import dev.signalbox.spi.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The private key in a file, which belongs to a certificate or does not. */
final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]+)-----END", Pattern.DOTALL);
    private static final String CONVERT = " Convert it: openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem";

    private final byte[] bytes; // as PKCS#8 has them
    private final Path file;
    private final Where where;

    private PemKey(byte[] bytes, Path file, Where where) {
        this.bytes = bytes;
        this.file = file;
        this.where = where;
    }

    /** The key in that file; empty if there is none, and the problem says why. */
    static Optional<PemKey> read(Path file, Where where, Problems problems) {
        try {
            Matcher block = BLOCK.matcher(Files.readString(file));
            if (!block.find()) {
                problems.add(
                        where, "%s is no key as PEM: it would begin with -----BEGIN PRIVATE KEY-----".formatted(file));
            } else if (!block.group(1).equals("PRIVATE KEY")) {
                problems.add(where, "%s is of an older or locked kind (%s).".formatted(file, block.group(1)) + CONVERT);
            } else {
                return Optional.of(new PemKey(Base64.getMimeDecoder().decode(block.group(2)), file, where));
            }
        } catch (IOException failure) {
            problems.add(where, Unreadable.why(file, failure));
        } catch (IllegalArgumentException failure) {
            problems.add(where, "%s is no key as PEM: what stands in it is not Base64".formatted(file));
        }
        return Optional.empty();
    }

    /** As the key of that certificate; empty if it is another's, and the problem says so. */
    Optional<PrivateKey> of(X509Certificate certificate, Problems problems) {
        PublicKey other = certificate.getPublicKey();
        try {
            PrivateKey key =
                    KeyFactory.getInstance(other.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            if (fits(key, other)) {
                return Optional.of(key);
            }
        } catch (GeneralSecurityException failure) {
            // a key of another kind does not fit either
        }
        problems.add(where, "%s is not the key of the certificate".formatted(file));
        return Optional.empty();
    }

    private static boolean fits(PrivateKey key, PublicKey other) throws GeneralSecurityException {
        String algorithm = switch (other.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> other.getAlgorithm();
        };
        byte[] word = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(word);
        byte[] signed = signature.sign();
        signature.initVerify(other);
        signature.update(word);
        return signature.verify(signed);
    }
}
