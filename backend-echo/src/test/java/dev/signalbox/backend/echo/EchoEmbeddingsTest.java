package dev.signalbox.backend.echo;

import static dev.signalbox.backend.echo.Echoes.answer;
import static dev.signalbox.backend.echo.Echoes.asking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Backend;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EchoEmbeddingsTest {

    private static final Pattern VECTOR = Pattern.compile("\"embedding\":(\\[[^\\]]*]|\"[^\"]*\")");

    private final Backend backend = Echoes.plain();

    @Test
    void the_same_input_has_the_same_vector_and_another_one_another() throws Exception {
        String twice = answer(backend, asking(Dialect.OPENAI_EMBEDDINGS, false, "\"input\":[\"a\",\"b\",\"a\"]"));
        Matcher vectors = VECTOR.matcher(twice);
        String first = next(vectors);
        String second = next(vectors);

        assertThat(first.split(",")).hasSize(8);
        assertThat(second).isNotEqualTo(first);
        assertThat(next(vectors)).isEqualTo(first);
        assertThat(vectors.find()).isFalse();
        assertThat(twice).contains("\"index\":2").contains("\"usage\":{\"prompt_tokens\":");
        assertThat(answer(backend, asking(Dialect.OPENAI_EMBEDDINGS, false, "\"input\":\"a\"")))
                .contains(first);
    }

    @Test
    void tokens_are_one_input() throws Exception {
        assertThat(answer(backend, asking(Dialect.OPENAI_EMBEDDINGS, false, "\"input\":[1,2,3]")))
                .contains("\"index\":0")
                .doesNotContain("\"index\":1");
    }

    @Test
    void packs_vectors_if_asked_to() throws Exception {
        String input = "\"input\":\"a\"";
        String plain = next(VECTOR.matcher(answer(backend, asking(Dialect.OPENAI_EMBEDDINGS, false, input))));
        String packed = next(VECTOR.matcher(
                answer(backend, asking(Dialect.OPENAI_EMBEDDINGS, false, input + ",\"encoding_format\":\"base64\""))));

        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(packed.replace("\"", "")))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(Float.toString(bytes.getFloat())).isEqualTo(plain.substring(1, plain.indexOf(',')));
        assertThat(bytes.remaining()).isEqualTo(7 * Float.BYTES);
    }

    @Test
    void embeds_as_ollama_does() throws Exception {
        assertThat(answer(backend, asking(Dialect.OLLAMA_EMBED, false, "\"input\":[\"a\",\"b\"]")))
                .startsWith("{\"model\":\"demo\",\"embeddings\":[[")
                .contains("],[")
                .contains("]],\"total_duration\":0,\"load_duration\":0,\"prompt_eval_count\":");
    }

    private static String next(Matcher vectors) {
        assertThat(vectors.find()).isTrue();
        return vectors.group(1);
    }
}
