package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Routing;
import java.util.Optional;

/**
 * What an ingress offers.
 *
 * @param tasks how tasks are served; empty if they are not
 * @param rest whether all other APIs are
 */
record Offer(Optional<TaskSettings> tasks, boolean rest) {

    /** The same as far as the router does tasks at all. */
    static Offer of(Routing routing, Optional<TaskSettings> tasks, boolean rest) {
        return new Offer(routing.tasks().isPresent() ? tasks : Optional.empty(), rest);
    }

    /** Whose shape errors have at a path where there is nothing. */
    Dialect face(String path) {
        boolean task =
                !rest || tasks.filter(each -> path.startsWith(each.path("/"))).isPresent();
        return task ? Dialect.TASK : Faces.of(path);
    }
}
