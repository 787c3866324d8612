package dev.signalbox.server.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.core.Configuration;
import dev.signalbox.server.FakeAnswer;
import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Served;
import dev.signalbox.server.WireClient;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TlsTest {

    private static final String STREAM = "{\"stream\":true}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void streams_over_tls_with_a_certificate_and_key_as_pem(String algorithm) throws Exception {
        KeyPairFiles files = KeyPairFiles.make(folder, algorithm, 0);
        FakeRouting router = FakeRouting.doing(
                request -> FakeAnswer.events().sends("data: 1\n\n").ends());
        try (Served server = Served.of(router, pem(files.certificate(), files.key()));
                WireClient client = connect(server, files)) {
            assertThat(server.uri("/").getScheme()).isEqualTo("https");
            client.post("/v1/chat/completions", STREAM);
            assertThat(client.answer()).contains("200 ok").contains("data: 1\n\n");
            client.post("/v1/chat/completions", STREAM);
            assertThat(client.answer()).contains("200 ok");
        }
    }

    @Test
    void speaks_tls_with_a_keystore() throws Exception {
        KeyPairFiles files = KeyPairFiles.make(folder, "EC", 0);
        String tls = "keystore: %s, password: %s".formatted(files.keystore(), KeyPairFiles.PASSWORD);
        try (Served server = Served.of(FakeRouting.answering("{}"), read(tls));
                WireClient client = connect(server, files)) {
            client.get("/health/live");
            assertThat(client.answer()).contains("200 ok");
        }
    }

    @Test
    void tells_a_client_of_plain_http_that_it_speaks_tls() throws Exception {
        KeyPairFiles files = KeyPairFiles.make(folder, "EC", 0);
        try (Served server = Served.of(FakeRouting.answering("{}"), pem(files.certificate(), files.key()))) {
            try (WireClient plain = WireClient.to(server.port())) {
                plain.post("/v1/chat/completions", "x".repeat(100_000));
                assertThat(plain.answer())
                        .startsWith("http/1.1 400 bad request")
                        .contains("content-type: application/json", "x-should-retry: false")
                        .contains("\"code\":\"plain_http\"", "ask https:// instead of http://");
                assertThat(plain.rest()).isEmpty();
            }
            WireClient.to(server.port()).close();
            try (WireClient client = connect(server, files)) {
                client.get("/health/live");
                assertThat(client.answer()).contains("200 ok");
            }
        }
    }

    @Test
    void notices_a_client_that_leaves_during_a_silent_prefill() throws Exception {
        KeyPairFiles files = KeyPairFiles.make(folder, "EC", 0);
        FakeRouting router = FakeRouting.silent();
        try (Served server = Served.of(router, pem(files.certificate(), files.key()))) {
            WireClient client = connect(server, files).post("/v1/chat/completions", STREAM);
            CompletableFuture<Void> cancelled = new CompletableFuture<>();
            router.request().cancellation().onCancel(() -> cancelled.complete(null));
            client.close();
            assertThat(cancelled).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void starts_with_a_certificate_that_has_expired_and_leaves_it_to_clients() throws Exception {
        KeyPairFiles files = KeyPairFiles.make(folder, "EC", 10);
        assertThat(pem(files.certificate(), files.key()).tls()).isPresent();
    }

    @Test
    void refuses_the_key_of_another_certificate() throws Exception {
        KeyPairFiles one = KeyPairFiles.make(folder, "EC", 0);
        KeyPairFiles other = KeyPairFiles.make(folder, "RSA", 0);
        assertThatThrownBy(() -> pem(one.certificate(), other.key()))
                .hasMessageContaining("server.tls.key")
                .hasMessageContaining("is not the key of the certificate");
    }

    @Test
    void says_what_to_do_with_a_key_of_an_older_kind() throws Exception {
        KeyPairFiles files = KeyPairFiles.make(folder, "EC", 0);
        Path old = Files.writeString(
                folder.resolve("old.pem"), Files.readString(files.key()).replace("PRIVATE KEY", "EC PRIVATE KEY"));
        assertThatThrownBy(() -> pem(files.certificate(), old)).hasMessageContaining("openssl pkcs8 -topk8");
    }

    @Test
    void refuses_a_wrong_password_without_saying_it() throws Exception {
        KeyPairFiles files = KeyPairFiles.make(folder, "EC", 0);
        assertThatThrownBy(() -> read("keystore: %s, password: guessed".formatted(files.keystore())))
                .hasMessageContaining("the password is another")
                .hasMessageNotContaining("guessed");
    }

    private Listening pem(Path certificate, Path key) throws IOException {
        return read("certificate: %s, key: %s".formatted(certificate, key));
    }

    private Listening read(String tls) throws IOException {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), "server: { tls: { %s } }\n".formatted(tls));
        Problems problems = new Problems();
        Listening listening = new ListeningReader(problems)
                .read(Configuration.read(file), new Overrides(Optional.empty(), Optional.of(0)));
        problems.throwIfAny();
        return listening;
    }

    private static WireClient connect(Served server, KeyPairFiles files) throws Exception {
        return WireClient.over(files.trust().getSocketFactory().createSocket("127.0.0.1", server.port()));
    }
}
