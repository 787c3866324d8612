package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However people write an address, it is understood. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:11434, http://localhost:11434, http://localhost:11434/v1",
        "http://localhost:11434/, http://localhost:11434, http://localhost:11434/v1",
        "http://localhost:11434/v1, http://localhost:11434, http://localhost:11434/v1",
        "http://localhost:11434/v1//, http://localhost:11434, http://localhost:11434/v1",
        "http://host/llm/v1, http://host/llm, http://host/llm/v1",
        "http://host/llm, http://host/llm, http://host/llm/v1",
        "https://host/v1beta/openai, https://host/v1beta/openai, https://host/v1beta/openai",
        "https://host/api/paas/v4/, https://host/api/paas/v4, https://host/api/paas/v4",
        "http://host/v1/chat/completions, http://host, http://host/v1",
        "http://host/v1/models/, http://host, http://host/v1",
        "http://host:11434/api/chat, http://host:11434, http://host:11434/v1",
        "http://my_host:8080, http://my_host:8080, http://my_host:8080/v1",
    })
    void an_address_has_a_root_and_an_api(URI written, String root, String api) {
        assertThat(BaseUrl.of(written)).isEqualTo(new BaseUrl(root, api));
        assertThat(BaseUrl.of(written).api("/models")).isEqualTo(URI.create(api + "/models"));
        assertThat(BaseUrl.of(written).root("/health")).isEqualTo(URI.create(root + "/health"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://studio.local:8080/v1, studio.local",
        "http://studio.local, studio.local",
        "http://my_host:8080, my_host",
        "http://[::1]:8080, ::1",
        "http://[fe80::1], fe80::1",
    })
    void an_address_tells_the_machine(URI written, String host) {
        assertThat(BaseUrl.of(written).host()).isEqualTo(host);
    }
}
