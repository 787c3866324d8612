package dev.signalbox.guard.budget;

import dev.signalbox.api.Target;
import dev.signalbox.spi.HostView;
import java.util.List;

/** What servers call the targets that configuration names: {@code desk/m} may be their {@code m:latest}. */
record Listed(List<HostView> hosts) {

    /** The name of a target there; the same if no server lists it, and if it is a pattern. */
    String nameOf(String said) {
        int slash = said.indexOf('/');
        return slash <= 0 || slash == said.length() - 1
                ? said
                : nameOf(Target.of(said)).toString();
    }

    private Target nameOf(Target said) {
        return hosts.stream()
                .filter(host -> host.backends().contains(said.backend()))
                .findFirst()
                .map(host -> host.offered(said))
                .orElse(said);
    }
}
