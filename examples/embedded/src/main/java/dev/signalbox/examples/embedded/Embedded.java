package dev.signalbox.examples.embedded;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.Router;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Asks a router that lives in this very program: once for a whole answer, once for its frames. */
public final class Embedded {

    private Embedded() {}

    /** Takes the path of a configuration and a question. */
    public static void main(String[] arguments) throws Exception {
        try (Router router = Router.from(Path.of(arguments[0]))) {
            ask(router, RouteRequest.chat("auto", arguments[1]), all -> System.out.println(all.text()));
            ask(router, RouteRequest.chatStream("auto", arguments[1]), frame -> System.out.print(frame.text()));
        }
    }

    /** Hands over each frame as soon as it is there; a whole answer is one. Any thread may ask. */
    public static void ask(Router router, RouteRequest request, Consumer<AnswerFrame> each)
            throws InterruptedException {
        try (RoutedResponse answer = router.route(request)) {
            answer.frames().forEach(each);
        }
    }
}
