package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Where;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configuration as JSON. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NodeJsonTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "40, 40",
                "-0.5, -0.5",
                "1e-3, 1e-3",
                "true, true",
                "null, null",
                "yes, \"yes\"",
                "010, \"010\"",
                "1., \"1.\"",
                "qwen3, \"qwen3\"",
                "a\"b, \"a\\\"b\"",
            })
    void a_scalar_is_what_it_looks_like(String written, String json) {
        assertThat(NodeJson.of(text(written))).isEqualTo(json);
    }

    @Test
    void tables_and_lists_are_objects_and_arrays_in_their_order() {
        SequencedMap<String, ConfigNode> members = new LinkedHashMap<>();
        members.put("type", text("enabled"));
        members.put("stop", new ConfigNode.Sequence(Where.code(""), List.of(text("a"), text("1"))));
        assertThat(NodeJson.of(new ConfigNode.Table(Where.code(""), members)))
                .isEqualTo("{\"type\":\"enabled\",\"stop\":[\"a\",1]}");
    }

    private static ConfigNode text(String value) {
        return new ConfigNode.Text(Where.code(""), value);
    }
}
