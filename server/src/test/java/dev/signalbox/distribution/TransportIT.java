package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TransportIT {

    @TempDir
    private Path folder;

    @Test
    void the_transport_that_knows_proxies_is_there_for_whoever_asks_for_it() throws Exception {
        Distribution signalbox = Distribution.unpackedIn(folder);
        Path file = signalbox.configured("""
                backends:
                  far: { type: openai, base-url: "http://far.example/v1", transport: webclient, proxy: "http://127.0.0.1:3128" }
                """);
        Script.Result checked = signalbox.run("check", "--config", file.toString());
        assertThat(checked.err()).isEmpty();
        assertThat(checked.status()).isZero();
    }
}
