package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestContext;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is said of files of certificates and keys that cannot be read: which file it is, and what to do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnreadableTest {

    static final List<Option<Optional<Path>>> STORES = List.of(HttpOptions.TRUST_STORE, HttpOptions.KEY_STORE);

    private final PluginConfig plain = PluginConfig.of(HttpOptions.with(), Where.code("backends.gpu"))
            .with(HttpOptions.BASE_URL, URI.create("https://localhost:1"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("STORES")
    void one_that_is_not_there(Option<Optional<Path>> store) {
        Path file = folder.resolve("none.pem");
        assertProblem(store, file, "there is no file " + file + ". Is the path right?");
    }

    @ParameterizedTest
    @FieldSource("STORES")
    void a_folder(Option<Optional<Path>> store) {
        assertProblem(store, folder, folder + " is a folder, not a file");
    }

    @ParameterizedTest
    @FieldSource("STORES")
    void something_else(Option<Optional<Path>> store) throws Exception {
        Path file = Files.writeString(folder.resolve("hello.txt"), "hello");
        assertProblem(store, file, file + " is neither a PEM file of certificates nor a key store");
    }

    @ParameterizedTest
    @FieldSource("STORES")
    void one_with_another_password(Option<Optional<Path>> store) throws Exception {
        Path file = folder.resolve("locked.p12");
        KeyStore locked = KeyStore.getInstance("PKCS12");
        locked.load(null, null);
        try (OutputStream out = Files.newOutputStream(file)) {
            locked.store(out, "right".toCharArray());
        }
        assertProblem(store, file, file + " cannot be read: ");
    }

    private void assertProblem(Option<Optional<Path>> store, Path file, String words) {
        PluginConfig config = plain.withPresent(store, file)
                .withPresent(HttpOptions.TRUST_STORE_PASSWORD, "wrong")
                .withPresent(HttpOptions.KEY_STORE_PASSWORD, "wrong");
        assertThatThrownBy(() -> new Upstream(config, TestContext.named("gpu"), ErrorRules.shared()).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.gpu." + store.name())
                .hasMessageContaining(words);
    }
}
