package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.BackendException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a request becomes in another dialect is held until it is sent, within a bound. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TranslatedBodiesTest extends TranslatingFixture {

    private static RouteRequest saying(String words) {
        String body = "{'model':'coding','max_tokens':9,'messages':[{'role':'user','content':'%s'}]}";
        return anthropic(body.formatted(words));
    }

    @Test
    void what_is_sent_in_another_dialect_counts_as_memory_until_it_is_sent() throws Exception {
        AtomicLong meanwhile = new AtomicLong();
        backends.on("gpu", call -> {
            meanwhile.set(engine().translations().inMemory());
            throw new BackendException(FailureKind.UNREACHABLE, "it is down");
        });
        backends.on("laptop", call -> {
            meanwhile.addAndGet(engine().translations().inMemory());
            return Tape.json(Chat.whole("Hi"));
        });

        try (RoutedResponse response = ask(saying("Hi"))) {
            assertThat(engine().translations().inMemory()).isZero();
            assertThat(read(response)).contains("Hi");
        }
        assertThat(meanwhile).hasValue(2L * "{'max_tokens':9,'messages':[{'role':'user','content':'Hi'}]}".length());
    }

    @Test
    void a_large_one_lies_in_a_file_and_is_sent_from_there() throws Exception {
        AtomicLong meanwhile = new AtomicLong(-1);
        backends.on("gpu", call -> {
            meanwhile.set(engine().translations().inMemory());
            return Tape.json(Chat.whole("Hi"));
        });
        String talk = "x".repeat(2_000_000);

        assertThat(bytes(saying(talk))).contains("Hi");
        assertThat(meanwhile).hasValue(0);
        assertThat(backends.body("gpu")).endsWith("\"content\":\"" + talk + "\"}],\"model\":\"m\"}");
    }

    @Test
    void nothing_is_left_of_what_cannot_be_sent_or_is_only_explained() throws Exception {
        backends.on("gpu", call -> {
            throw new BackendException(FailureKind.REJECTED, "no");
        });

        refused(RouteException.class, saying("Hi"));
        assertThat(engine().explain(saying("Hi")).toString()).contains("translate to openai.chat");

        assertThat(engine().translations().inMemory()).isZero();
    }
}
