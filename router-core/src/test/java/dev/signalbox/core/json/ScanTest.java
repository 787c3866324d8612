package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Body;
import dev.signalbox.core.json.JsonIndex.Kind;
import dev.signalbox.core.json.JsonIndex.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScanTest {

    private static final Set<String> MARKS = Set.of("image_url", "audio");
    private static final Scan SCAN = new Scan(Set.of("model"), Map.of("messages", MARKS));

    @Test
    void finds_every_member_with_its_place_in_bytes() throws Exception {
        String text = " {\"\u00fc\": \"\u00e4\", \"model\" : \"m\\u0031\",\"n\":-1.5e3 ,\"o\":{\"x\":[]},\"l\":[ ]}";
        JsonIndex index = SCAN.read(Body.of(text));

        assertThat(index.members()).extracting(Member::name).containsExactly("\u00fc", "model", "n", "o", "l");
        assertThat(index.members())
                .extracting(Member::kind)
                .containsExactly(Kind.STRING, Kind.STRING, Kind.NUMBER, Kind.OBJECT, Kind.ARRAY);
        assertThat(cut(text, index, "model")).isEqualTo("\"m\\u0031\"");
        assertThat(cut(text, index, "n")).isEqualTo("-1.5e3");
        assertThat(cut(text, index, "o")).isEqualTo("{\"x\":[]}");
        assertThat(index.text("model")).isEqualTo("m1");
        assertThat(index.filled("o")).isTrue();
        assertThat(index.filled("l")).isFalse();
    }

    @Test
    void reads_no_string_that_nobody_asked_for() throws Exception {
        JsonIndex index = SCAN.read(Body.of("{\"prompt\":\"long\",\"model\":\"m\"}"));

        assertThat(index.text("prompt")).isEmpty();
        assertThat(index.member("prompt").orElseThrow().value().open()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\":[{\"content\":[{\"image_url\":1}]}]}    | true",
                "{\"messages\":[{\"content\":\"image_url\"}]}          | false",
                "{\"tools\":[{\"image_url\":1}]}                       | false",
                "{\"image_url\":1}                                     | false",
            })
    void notices_marks_only_where_they_count(String text, boolean marked) throws Exception {
        assertThat(SCAN.read(Body.of(text)).marked(MARKS)).isEqualTo(marked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                | invalid_json     | The body is empty",
                "[1]                               | not_an_object    | an array; a JSON object is expected",
                "\"x\"                             | not_an_object    | a string",
                "{\"a\":1}}                        | invalid_json     | column",
                "{\"a\":1} {}                      | invalid_json     | goes on after its JSON object",
                "{\"a\":1                          | invalid_json     | a (line 1, column 7): Unexpected end-of-input: expected close marker for Object",
                "{\"messages\":[{},{\"role\":tru}]}| invalid_json     | messages[1].role (line 1, column",
                "{\"a\":1,\"a\":2}                 | duplicate_member | two members \"a\"",
                "{\"a\":1,\"\\u0061\":2}           | duplicate_member | two members \"a\"",
                "{'a':1}                           | invalid_json     | line 1",
                "{\"a\":01}                        | invalid_json     | a (line 1",
                "{\"a\":NaN}                       | invalid_json     | a (line 1",
            })
    void says_what_is_wrong_and_where(String text, String code, String part) {
        assertThatThrownBy(() -> SCAN.read(Body.of(text)))
                .isInstanceOfSatisfying(
                        BadJson.class,
                        bad -> assertThat(bad.code()).as(bad.getMessage()).isEqualTo(code))
                .hasMessageContaining(part);
    }

    @Test
    void says_nothing_of_the_parser() {
        assertThatThrownBy(() -> SCAN.read(Body.of("{\"a\":[1")))
                .hasMessageEndingWith("expected close marker for Array");
        assertThatThrownBy(() -> SCAN.read(Body.of("{\"a\":" + "9".repeat(1_200) + "}")))
                .hasMessageEndingWith("Number value length (1200) exceeds the maximum allowed (1000)");
    }

    @Test
    void takes_512_levels_and_not_one_more() throws Exception {
        assertThat(SCAN.read(Body.of(nested(512))).members()).hasSize(1);

        assertThatThrownBy(() -> SCAN.read(Body.of(nested(513))))
                .isInstanceOfSatisfying(
                        BadJson.class, bad -> assertThat(bad.code()).isEqualTo("too_deep"))
                .hasMessageContaining("512");
    }

    @Test
    void takes_no_more_members_than_it_is_willing_to_remember() {
        String many =
                IntStream.range(0, 2_000).mapToObj(i -> "\"m" + i + "\":0").collect(Collectors.joining(",", "{", "}"));

        assertThatThrownBy(() -> SCAN.read(Body.of(many)))
                .isInstanceOf(BadJson.class)
                .hasMessageContaining("1024");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"c3 28", "c0 af", "ed a0 80", "f5 80 80 80", "f4 90 80 80", "80", "e2 82", "ff", "e0 80 80"})
    void takes_nothing_but_utf8(String hex) {
        byte[] start = "{\"aaaaaaaaaaaaaaaaaaaa\":\"".getBytes(UTF_8);

        assertThatThrownBy(() -> SCAN.read(Body.of(joined(start, hex, "\"}"))))
                .isInstanceOfSatisfying(
                        BadJson.class, bad -> assertThat(bad.code()).isEqualTo("invalid_utf8"))
                .hasMessageContaining("byte 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3 a9", "e2 82 ac", "f0 9f 98 80", "ee 80 80", "f4 8f bf bf", "ed 9f bf"})
    void takes_all_of_utf8(String hex) throws Exception {
        byte[] start = "{\"model\":\"".getBytes(UTF_8);

        assertThat(SCAN.read(Body.of(joined(start, hex, "\"}"))).text("model")).isNotEmpty();
    }

    @Test
    void follows_characters_across_reads() throws Exception {
        String long8 = "{\"model\":\"" + "\u20ac".repeat(10_000) + "\"}";

        assertThat(SCAN.read(Body.of(long8)).text("model")).hasSize(10_000);
    }

    @Test
    void takes_no_utf16() {
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> SCAN.read(Body.of(utf16))).isInstanceOf(BadJson.class);
    }

    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    private static byte[] joined(byte[] start, String hex, String end) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(start);
        all.write(HexFormat.ofDelimiter(" ").parseHex(hex));
        all.write(end.getBytes(UTF_8));
        return all.toByteArray();
    }

    private static String cut(String text, JsonIndex index, String name) {
        byte[] bytes = text.getBytes(UTF_8);
        JsonIndex.Span span = index.member(name).orElseThrow().value();
        return new String(bytes, (int) span.start(), (int) (span.end() - span.start()), UTF_8);
    }
}
