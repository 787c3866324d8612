package dev.signalbox.server.ingress;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names a request may call this server by. A page of a stranger can have its own name resolve to this machine; the
 * name it then calls in {@code Host} gives it away. Immutable.
 */
public final class Hosts {

    /** Any name: somebody else looks at it. */
    public static final Hosts ANY = new Hosts(true, true, Set.of());

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.%]+]");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|[a-z0-9.-]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

    private final boolean any;
    private final boolean addresses;
    private final Set<String> names;

    private Hosts(boolean any, boolean addresses, Set<String> names) {
        this.any = any;
        this.addresses = addresses;
        this.names = Set.copyOf(names);
    }

    /**
     * The names of loopback, of the address listened on, and these. An address cannot be made to mean another machine, so
     * a server that listens on all of them may be called by any.
     */
    public static Hosts of(String bound, Set<String> more) {
        Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1")); // the usual ones without a closer look
        names.add(bound.indexOf(':') >= 0 && !bound.startsWith("[") ? "[" + bound + "]" : bound);
        more.forEach(name -> names.add(name.strip().toLowerCase(Locale.ROOT)));
        return new Hosts(false, EVERYWHERE.contains(bound), names);
    }

    /** Whether a request with that {@code Host} may come in. */
    boolean allows(String authority) {
        if (any) {
            return true;
        }
        String name = nameOf(authority.strip().toLowerCase(Locale.ROOT));
        return names.contains(name)
                || isLoopback(name)
                || (addresses && ADDRESS.matcher(name).matches());
    }

    /** Whether that name or address, IPv6 in brackets, always means this machine. */
    static boolean isLoopback(String name) {
        return LOOPBACK.matcher(name).matches();
    }

    private static String nameOf(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }
}
