package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Why no address of a host let us in. */
final class ConnectTrouble {

    private final List<String> seen = new ArrayList<>();
    private Reason reason = Reason.REFUSED;
    private IOException last = new IOException("the name has no address");

    /** Notes that an address did not work. Only if all refused it is a refusal. */
    void add(InetSocketAddress address, IOException failure) {
        Reason one = reason(failure);
        reason = one == Reason.REFUSED ? reason : one;
        last = failure;
        seen.add("%s at %s".formatted(words(one, failure), shown(address)));
    }

    Fault told() {
        return new Fault(seen.isEmpty() ? Reason.UNKNOWN_HOST : reason, String.join(", ", seen), last);
    }

    /** Trouble of our own, such as too many open files. */
    Fault noSocket(IOException failure) {
        return new Fault(Reason.UNREACHABLE, "no socket could be opened: " + failure.getMessage(), failure);
    }

    private static Reason reason(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return Reason.CONNECT_TIMED_OUT;
        }
        boolean refused = failure instanceof ConnectException
                && String.valueOf(failure.getMessage()).contains("refused");
        return refused ? Reason.REFUSED : Reason.UNREACHABLE;
    }

    private static String words(Reason reason, IOException failure) {
        return switch (reason) {
            case REFUSED -> "connection refused";
            case CONNECT_TIMED_OUT -> "no answer to connecting";
            default -> "no connection (%s)".formatted(failure.getMessage());
        };
    }

    private static String shown(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
