package dev.signalbox.server.ingress;

import dev.signalbox.api.Caller;
import dev.signalbox.api.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may ask, by key. Keeps digests, not keys. Immutable. */
public final class Callers {

    /** Nobody is configured: everybody is {@link Caller#ANONYMOUS}. */
    public static final Callers NONE = new Callers(List.of());

    private final List<Known> known;

    private Callers(List<Known> known) {
        this.known = List.copyOf(known);
    }

    /** These callers and one more. */
    public Callers and(String name, String key, Set<String> scopes) {
        return and(new Caller(name, scopes), key);
    }

    /** These callers and one more. */
    public Callers and(Caller caller, String key) {
        List<Known> more = new ArrayList<>(known);
        more.add(new Known(caller, key));
        return new Callers(more);
    }

    /** Whether anybody is configured. */
    public boolean any() {
        return !known.isEmpty();
    }

    /** Whose key that is. Takes as long whoever it is. */
    Optional<Caller> of(String key) {
        byte[] digest = digest(key);
        Optional<Caller> found = Optional.empty();
        for (Known each : known) {
            if (MessageDigest.isEqual(each.digest, digest)) {
                found = Optional.of(each.caller);
            }
        }
        return found;
    }

    /** These headers without keys of ours: who has one of ours and one of a server behind us sends both. */
    Headers without(Headers sent) {
        if (!any()) {
            return sent;
        }
        List<Map.Entry<String, String>> others = new ArrayList<>();
        for (Map.Entry<String, String> line : sent) {
            if (!Keys.isKey(line.getKey())
                    || of(Keys.in(line.getKey(), line.getValue())).isEmpty()) {
                others.add(line);
            }
        }
        return Headers.of(others);
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Every Java platform has SHA-256.", never);
        }
    }

    private static final class Known {
        private final Caller caller;
        private final byte[] digest;

        private Known(Caller caller, String key) {
            this.caller = caller;
            this.digest = digest(key);
        }
    }
}
