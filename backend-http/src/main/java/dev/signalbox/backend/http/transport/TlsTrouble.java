package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in words what went wrong when two sides shook hands, and what would be right. */
final class TlsTrouble {

    private TlsTrouble() {}

    static IOException told(IOException failure, Origin origin) {
        if (!(failure instanceof SSLException) && !(failure instanceof EOFException)) {
            return failure;
        }
        return new Fault(Reason.TLS, words(failure, origin), failure);
    }

    private static String words(IOException failure, Origin origin) {
        if (find(failure, CertificateExpiredException.class).isPresent()) {
            return "its certificate has expired (%s)".formatted(deepest(failure));
        }
        if (find(failure, CertificateNotYetValidException.class).isPresent()) {
            return "its certificate is not valid yet (%s); are the clocks right?".formatted(deepest(failure));
        }
        if (find(failure, CertPathBuilderException.class).isPresent()
                || find(failure, CertPathValidatorException.class).isPresent()) {
            return "its certificate is not of an authority that is trusted (%s); a trust store may name it"
                    .formatted(deepest(failure));
        }
        String seen = String.valueOf(failure.getMessage());
        if (find(failure, CertificateException.class).isPresent() && seen.contains("name")) {
            return "its certificate is not for %s (%s)".formatted(origin.name(), seen);
        }
        if (seen.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
            return "it does not speak TLS; is it http:// instead of https://?";
        }
        if (find(failure, EOFException.class).isPresent()) {
            return "it closed the connection while hands were shaken; does it speak TLS, or is it http:// instead of"
                    + " https://?";
        }
        return "no secure connection: " + seen;
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
