package dev.signalbox.server.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Body;
import dev.signalbox.server.ingress.ArrayParts.Found;
import dev.signalbox.server.ingress.ArrayParts.Malformed;
import dev.signalbox.server.ingress.ArrayParts.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the elements of an array stand. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArrayPartsTest {

    private static final List<String> ELEMENTS = List.of(
            "{}",
            "{\"prompt\":\"Grüß Gott 🚂\"}",
            "{\"a\":[{\"b\":[1,2,{}]},\"]}\"],\"c\":\"\\\"}\\\\\"}",
            "[]",
            "[[],{\"x\":\"[\"}]",
            "\"a, ] text \\\\\"",
            "\"\"",
            "-1.5e+7",
            "true",
            "null");
    private static final List<String> BLANKS = List.of("", "", " ", "\n", "\r\n\t ");

    private static Found read(String json) throws IOException, Malformed {
        return ArrayParts.of(new ByteArrayInputStream(json.getBytes(UTF_8)), 1_000);
    }

    @Test
    void every_element_is_found_to_the_byte_whatever_is_between_them() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            List<String> elements = IntStream.range(0, random.nextInt(6))
                    .mapToObj(i -> ELEMENTS.get(random.nextInt(ELEMENTS.size())))
                    .toList();
            String json = array(elements, random);
            Body whole = Body.of(json);

            Found found = read(json);

            assertThat(found.count()).as("seed %d: %s", seed, json).isEqualTo(elements.size());
            assertThat(found.parts())
                    .as("seed %d: %s", seed, json)
                    .extracting(part -> text(new PartOfBody(whole, part.from(), part.length())))
                    .containsExactlyElementsOf(elements);
            assertThat(found.parts())
                    .extracting(Part::object)
                    .containsExactlyElementsOf(
                            elements.stream().map(each -> each.startsWith("{")).toList());
        }
    }

    private static String array(List<String> elements, Random random) {
        StringBuilder json = new StringBuilder(blank(random)).append('[').append(blank(random));
        for (int i = 0; i < elements.size(); i++) {
            json.append(i == 0 ? "" : "," + blank(random))
                    .append(elements.get(i))
                    .append(blank(random));
        }
        return json.append(']').append(blank(random)).toString();
    }

    private static String blank(Random random) {
        return BLANKS.get(random.nextInt(BLANKS.size()));
    }

    private static String text(Body body) {
        try (InputStream in = body.open()) {
            String read = new String(in.readAllBytes(), UTF_8);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            body.writeTo(written);
            assertThat(written.toString(UTF_8)).isEqualTo(read);
            assertThat(body.size()).isEqualTo(read.getBytes(UTF_8).length);
            return read;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void of_more_than_are_wanted_it_is_told_how_many_there_are() throws Exception {
        Found found = ArrayParts.of(new ByteArrayInputStream("[1,2,3,4]".getBytes(UTF_8)), 2);
        assertThat(found.count()).isEqualTo(4);
        assertThat(found.parts()).containsExactly(new Part(1, 1, false), new Part(3, 1, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}", "7", "\"[]\""})
    void what_is_no_array_is_told_as_such(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        Malformed.class, bad -> assertThat(bad.mayBeJson()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[", "[1", "[1,", "[1,]", "[,]", "[,1]", "[1 2]", "[{}{}]", "[\"a]", "[{]", "[\"\\", "[]]", "[] x",
                "[?]"
            })
    void an_array_that_is_none_is_no_json(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        Malformed.class, bad -> assertThat(bad.mayBeJson()).isFalse());
    }
}
