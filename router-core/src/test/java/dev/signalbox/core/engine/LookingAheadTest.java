package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What guards read of a large body is read before anybody waits for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LookingAheadTest extends EngineFixture {

    private final List<Long> counted = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void a_guard_that_counts_tokens() {
        layout.backend("gpu", "m").profile("coding", "gpu/m");
        backends.on("gpu", Chat.says("Hello"));
        guard("context").assesses = candidate -> {
            counted.add(candidate.approximateTokens());
            return Verdict.admit();
        };
    }

    /** A body that can be read at once the first time, and slowly when it is read again. */
    private final class Slow implements Body {

        private final Body whole =
                Body.of("{\"model\":\"coding\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted("word ".repeat(20_000)));
        private final AtomicInteger times = new AtomicInteger();

        @Override
        public long size() {
            return whole.size();
        }

        @Override
        public InputStream open() throws IOException {
            if (times.incrementAndGet() == 2) {
                asked.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException stopped) {
                    throw new IOException("stopped", stopped);
                }
            }
            return whole.open();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            whole.writeTo(out);
        }
    }

    @Test
    void others_are_answered_while_a_large_body_is_read() throws Exception {
        Later<RoutedResponse> large = later(RouteRequest.of(Dialect.OPENAI_CHAT, new Slow()));
        asked.await();
        try (RoutedResponse small = ask(chat("coding"))) {
            assertThat(small.text()).isEqualTo("Hello");
        } finally {
            goOn.countDown();
        }
        large.get().close();
        assertThat(counted).anyMatch(tokens -> tokens >= 20_000);
    }

    @Test
    void a_small_body_is_looked_at_once() throws Exception {
        bytes(chat("coding"));
        assertThat(counted).hasSize(1);
    }
}
