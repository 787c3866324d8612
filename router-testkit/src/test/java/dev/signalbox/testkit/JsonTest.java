package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonTest {

    @Test
    void finds_values_and_keeps_how_they_were_written() {
        Json json = Json.read(" { \"a/b\" : [ 1.0e2 , { \"t\" : \"x\\n\\u00fc\\\"\" } ], \"f\": true } ");

        assertThat(json.at("/a~1b/0")).map(Json::raw).contains("1.0e2");
        assertThat(json.text("/a~1b/1/t")).isEqualTo("x\nü\"");
        assertThat(json.at("/a~1b/1")).map(Json::raw).contains("{ \"t\" : \"x\\n\\u00fc\\\"\" }");
        assertThat(json.flag("/f", false)).isTrue();
        assertThat(json.at("/a~1b/2")).isEmpty();
        assertThat(json.at("/none/at/all")).isEmpty();
        assertThat(Json.read("{}").items("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"a\"}", "[1,]", "{\"a\":1,}", "01", "nul", "\"", "\"\\x\"", "{} {}", "{a:1}", "+1"})
    void refuses_what_is_no_json(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuses_depth_that_would_end_its_thread() {
        assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writes_what_it_reads() {
        String written = Json.object("a", "x\"", "b", 1, "c", Json.NULL, "d", Json.array(true, Json.object()))
                .json();

        assertThat(written).isEqualTo("{\"a\":\"x\\\"\",\"b\":1,\"c\":null,\"d\":[true,{}]}");
        assertThat(Json.read(written).raw()).isEqualTo(written);
        assertThat(Json.joined(Json.object("a", 1), Json.object("b", 2)).json()).isEqualTo("{\"a\":1,\"b\":2}");
        assertThat(Json.joined(Json.object(), Json.object("b", 2)).json()).isEqualTo("{\"b\":2}");
    }
}
