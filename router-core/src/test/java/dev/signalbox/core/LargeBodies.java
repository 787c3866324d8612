package dev.signalbox.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.Matcher;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A program that routes many large bodies at once by rules that read all of them, and prints how each of them ended. The
 * bodies themselves take no memory.
 */
final class LargeBodies {

    private static final String RULES = """
            backends: { a: { type: test } }
            profiles: { here: { chain: [ a/test-model ] }, there: { chain: [ a/test-model ] } }
            rules:
              - { when: { says: secret }, use: here }
              - { when: { says: more }, use: here }
            default: there
            """;

    private LargeBodies() {}

    /** Takes how many bodies, and how many MiB each of them has. */
    public static void main(String... arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        int mib = Integer.parseInt(arguments[1]);
        Path file = Files.writeString(Files.createTempFile("signalbox", ".yaml"), RULES);
        Matcher says = request -> request.wholeText().contains("secret");
        Plugins plugins = Plugins.of(
                TestFactories.backend("test", TestBackend.saying("Hello")), TestFactories.matcher("says", says));
        try (Router router = Router.builder()
                        .plugins(plugins)
                        .configuration(Configuration.read(file))
                        .build();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> ends = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ends.add(clients.submit(() -> ask(router, mib)));
            }
            for (Future<String> end : ends) {
                System.out.println(end.get());
            }
        } finally {
            Files.delete(file);
        }
    }

    private static String ask(Router router, int mib) throws IOException, InterruptedException {
        try (RoutedResponse response = router.route(RouteRequest.of(Dialect.OPENAI_CHAT, new Endless(mib)))) {
            return response.trace().profile() + " " + response.text();
        } catch (RouteException refused) {
            return refused.problem().code();
        }
    }

    /** A chat of one message, made while it is read. */
    private record Endless(int mib) implements Body {

        private static final byte[] PIECE = "x".repeat(1 << 20).getBytes(US_ASCII);
        private static final byte[] HEAD = "{\"messages\":[{\"role\":\"user\",\"content\":\"".getBytes(US_ASCII);
        private static final byte[] TAIL = "\"}]}".getBytes(US_ASCII);

        @Override
        public long size() {
            return HEAD.length + (long) mib * PIECE.length + TAIL.length;
        }

        @Override
        public InputStream open() {
            List<InputStream> parts = new ArrayList<>();
            parts.add(new ByteArrayInputStream(HEAD));
            for (int i = 0; i < mib; i++) {
                parts.add(new ByteArrayInputStream(PIECE));
            }
            parts.add(new ByteArrayInputStream(TAIL));
            return new SequenceInputStream(Collections.enumeration(parts));
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream in = open()) {
                in.transferTo(out);
            }
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
