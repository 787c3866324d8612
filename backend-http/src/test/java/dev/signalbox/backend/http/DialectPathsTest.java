package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signalbox.api.Dialect;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Every dialect has its usual place, below the API or below the root. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DialectPathsTest {

    @Test
    void dialects_of_openai_and_anthropic_are_below_the_api_and_those_of_ollama_below_the_root() {
        BaseUrl server = BaseUrl.of(URI.create("http://host:1/llm"));

        assertThat(DialectPaths.of(
                        server, List.of(Dialect.OPENAI_CHAT, Dialect.ANTHROPIC_COUNT_TOKENS, Dialect.OLLAMA_GENERATE)))
                .isEqualTo(Map.of(
                        Dialect.OPENAI_CHAT, URI.create("http://host:1/llm/v1/chat/completions"),
                        Dialect.ANTHROPIC_COUNT_TOKENS, URI.create("http://host:1/llm/v1/messages/count_tokens"),
                        Dialect.OLLAMA_GENERATE, URI.create("http://host:1/llm/api/generate")));
    }

    @Test
    void every_dialect_but_the_task_has_one() {
        BaseUrl server = BaseUrl.of(URI.create("http://host:1"));
        List<Dialect> usual = Dialect.KNOWN.stream()
                .filter(dialect -> !dialect.equals(Dialect.TASK))
                .toList();

        assertThat(DialectPaths.of(server, usual)).hasSize(usual.size());
        assertThat(DialectPaths.of(server, usual).values()).doesNotHaveDuplicates();
        assertThatIllegalArgumentException().isThrownBy(() -> DialectPaths.of(server, List.of(Dialect.TASK)));
    }
}
