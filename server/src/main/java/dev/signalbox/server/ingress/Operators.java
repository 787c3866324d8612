package dev.signalbox.server.ingress;

import dev.signalbox.api.RouteException.Problem;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.net.InetSocketAddress;
import java.util.List;

/** Lets only those who operate the router through: callers with the scope, or this machine where there are no callers. */
final class Operators {

    private static final String SCOPE = "admin";
    private static final List<HeaderName> FORWARDED =
            List.of(HeaderNames.FORWARDED, HeaderNames.X_FORWARDED_FOR, HeaderNames.VIA);

    private final Callers callers;

    Operators(Callers callers) {
        this.callers = callers;
    }

    Answering only(Answering answering) {
        return exchange -> {
            check(exchange);
            answering.answer(exchange);
        };
    }

    /** Whether it is one of them who asks. */
    boolean asks(Exchange exchange) {
        return callers.any() ? exchange.caller().scopes().contains(SCOPE) : fromHere(exchange);
    }

    private void check(Exchange exchange) {
        if (callers.any() && !exchange.caller().scopes().contains(SCOPE)) {
            throw new Refused(Problem.permanent(
                    403,
                    "not_allowed",
                    "The caller %s may not do this: it needs \"scopes: [%s]\" under callers."
                            .formatted(exchange.caller().name(), SCOPE)));
        }
        if (!callers.any() && !fromHere(exchange)) {
            throw new Refused(Problem.permanent(
                    403,
                    "not_allowed",
                    "This is answered to the machine the server runs on. For others, configure callers and give one \"scopes: [%s]\"."
                            .formatted(SCOPE)));
        }
    }

    /** Behind a proxy on this machine everybody seems to be here. */
    private static boolean fromHere(Exchange exchange) {
        return exchange.request().remotePeer().address() instanceof InetSocketAddress address
                && address.getAddress() != null
                && address.getAddress().isLoopbackAddress()
                && FORWARDED.stream().noneMatch(name -> exchange.header(name).isPresent());
    }
}
