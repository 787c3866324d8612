package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChatRequestTest {
    private static final Script SCRIPT = Script.stream(50, Duration.ofMillis(200));
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 8484);

    @ParameterizedTest
    @ValueSource(ints = {ChatRequest.MIN_BODY_BYTES, 1_000, 1_001, 64_000, 1_000_000})
    void has_exactly_the_size_asked_for(int size) {
        String request = text(new ChatRequest(size, SCRIPT).bytes(ADDRESS, "/v1/chat/completions"));
        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSize(size);
        assertThat(request)
                .startsWith("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:8484\r\n")
                .contains("\r\nContent-Length: " + size + "\r\n");
    }

    @Test
    void is_a_chat_request_with_its_script_in_the_first_message() {
        assertThat(new ChatRequest(1_000, SCRIPT).body(Client.OPENAI))
                .startsWith("{\"messages\":[{\"role\":\"user\",\"content\":\"" + SCRIPT.text())
                .endsWith("\"}],\"model\":\"bench\",\"temperature\":0.2,\"stream\":true}");
    }

    @Test
    void a_large_one_has_many_messages() {
        assertThat(new ChatRequest(64_000, SCRIPT).body(Client.OPENAI).split("\"role\":\"assistant\"", -1))
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 64_000})
    void a_copy_is_the_same_request_with_another_id(int size) {
        ChatRequest request = new ChatRequest(size, SCRIPT);
        Contender contender = new Contender("it", ADDRESS, "/v1/chat/completions", Optional.empty(), () -> {});
        ChatRequest.Copy copy = request.copies(contender).copy();
        copy.number(123_456);
        String whole = text(bytes(copy.first())) + text(bytes(copy.rest()));
        copy.number(0);
        String zero = text(bytes(copy.first())) + text(bytes(copy.rest()));
        assertThat(whole).contains("#bench 000000123456 50 200 0 0#");
        assertThat(zero).isEqualTo(text(request.bytes(ADDRESS, "/v1/chat/completions")));
    }

    @Test
    void refuses_a_size_that_is_too_small_for_the_script() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ChatRequest(100, SCRIPT));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
