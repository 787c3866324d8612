package dev.signalbox.examples.embedded;

import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.Configuration;
import dev.signalbox.core.Router;
import java.nio.file.Path;

/** Asks a router that lives in this very program: once for a whole answer, once for its frames. */
public final class Embedded {

    private Embedded() {}

    /** Takes the path of a configuration and a question. */
    public static void main(String[] arguments) throws Exception {
        String question = arguments[1];
        try (Router router = Router.builder()
                .configuration(Configuration.read(Path.of(arguments[0])))
                .listener(event -> System.err.println(event.getClass().getSimpleName()))
                .build()) {
            try (RoutedResponse answer = router.route(RouteRequest.chat("auto", question))) {
                System.out.println(answer.target() + " says: " + answer.text());
            }
            try (RoutedResponse answer = router.route(RouteRequest.chatStream("auto", question))) {
                answer.frames().forEach(frame -> System.out.print(frame.text()));
            }
        }
    }
}
