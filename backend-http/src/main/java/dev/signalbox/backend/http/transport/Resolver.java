package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Looks names up, aside, because the system's resolver takes its time and cannot be interrupted. */
final class Resolver {

    private static final int MOST = 8;

    private Resolver() {}

    /** The first few addresses of a host, in the order of the system. */
    static List<InetAddress> resolve(Origin origin, Exchange exchange) throws IOException {
        if (isAddress(origin.host())) {
            return List.of(InetAddress.getByName(origin.name()));
        }
        List<InetAddress> found = Aside.run(
                exchange,
                () -> List.of(InetAddress.getAllByName(origin.name())),
                late -> {},
                failure -> new Fault(Reason.UNKNOWN_HOST, "the name of the host is not known", failure));
        return found.stream().limit(MOST).toList();
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") || host.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    }
}
