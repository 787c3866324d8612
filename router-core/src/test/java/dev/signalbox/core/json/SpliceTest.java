package dev.signalbox.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Edit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SpliceTest {

    @Test
    void replaces_a_value_and_keeps_every_other_byte() throws Exception {
        String odd = "{ \"model\" :\t\"a\\u0062c\",\n \"temperature\": 1.0e0, \"x\":[ 1,2 ,3 ] }";

        assertThat(spliced(odd, Edit.replace("/model", "\"gpu\"")))
                .isEqualTo("{ \"model\" :\t\"gpu\",\n \"temperature\": 1.0e0, \"x\":[ 1,2 ,3 ] }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"a\": 1 , \"b\": 2 }        | /a   | { \"b\": 2 }",
                "{ \"a\": 1 , \"b\": 2 }        | /b   | { \"a\": 1 }",
                "{ \"a\": 1 }                   | /a   | {  }",
                "{\"a\":\"x\",\"b\":\"y\"}      | /b   | {\"a\":\"x\"}",
                "{\"m\":[1, 2, 3]}              | /m/0 | {\"m\":[2, 3]}",
                "{\"m\":[1, 2, 3]}              | /m/1 | {\"m\":[1, 3]}",
                "{\"m\":[1, 2, 3]}              | /m/2 | {\"m\":[1, 2]}",
                "{\"m\":[\"only\"]}             | /m/0 | {\"m\":[]}",
                "{\"m\":[1]}                    | /m/1 | {\"m\":[1]}",
                "{\"m\":[1]}                    | /x/y | {\"m\":[1]}",
            })
    void takes_out_with_one_comma(String body, String pointer, String expected) throws Exception {
        assertThat(spliced(body, Edit.remove(pointer))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                | /a     | {\"a\":0}",
                "{ \"b\": 1 }      | /a     | { \"b\": 1 ,\"a\":0}",
                "{\"a\":1}         | /a     | {\"a\":1}",
                "{\"m\":[]}        | /m/-   | {\"m\":[0]}",
                "{\"m\":[]}        | /m/0   | {\"m\":[0]}",
                "{\"m\":[ 7, 8 ]}  | /m/0   | {\"m\":[ 0,7, 8 ]}",
                "{\"m\":[ 7, 8 ]}  | /m/1   | {\"m\":[ 7, 0,8 ]}",
                "{\"m\":[ 7, 8 ]}  | /m/-   | {\"m\":[ 7, 8 ,0]}",
                "{\"m\":[ 7, 8 ]}  | /m/2   | {\"m\":[ 7, 8 ,0]}",
                "{\"m\":[ 7, 8 ]}  | /m/3   | {\"m\":[ 7, 8 ]}",
                "{\"m\":[ 7, 8 ]}  | /m/01  | {\"m\":[ 7, 8 ]}",
                "{\"m\":{}}        | /m/a~1b| {\"m\":{\"a/b\":0}}",
                "{\"m\":{}}        | /x/y   | {\"m\":{}}",
                "{\"m\":\"text\"}  | /m/-   | {\"m\":\"text\"}",
            })
    void adds_members_that_are_not_there_and_elements_where_they_shall_stand(
            String body, String pointer, String expected) throws Exception {
        assertThat(spliced(body, Edit.insert(pointer, "0"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/~2", "/a~", "/nothing", "/a/b/c"})
    void leaves_the_body_alone_where_a_pointer_leads_nowhere(String pointer) throws Exception {
        Body body = Body.of("{\"a\":1}");

        assertThat(Splice.apply(body, List.of(Edit.replace(pointer, "2"), Edit.remove(pointer))))
                .isSameAs(body);
    }

    @Test
    void lets_the_later_of_two_edits_of_one_place_win() throws Exception {
        assertThat(spliced("{\"a\":1}", Edit.replace("/a", "2"), Edit.replace("/a", "3")))
                .isEqualTo("{\"a\":3}");
        assertThat(spliced("{\"a\":1}", Edit.remove("/a"), Edit.insert("/a", "3")))
                .isEqualTo("{\"a\":3}");
        assertThat(spliced("{\"a\":1}", Edit.replace("/a", "2"), Edit.remove("/a")))
                .isEqualTo("{}");
        assertThat(spliced("{\"a\":{\"b\":1}}", Edit.replace("/a/b", "2"), Edit.replace("/a", "3")))
                .isEqualTo("{\"a\":3}");
    }

    @Test
    void means_by_an_index_what_stood_there_before_any_edit() throws Exception {
        assertThat(spliced(
                        "{\"m\":[1,2,3]}",
                        Edit.insert("/m/0", "0"),
                        Edit.remove("/m/1"),
                        Edit.replace("/m/2", "\"x\"")))
                .isEqualTo("{\"m\":[0,1,\"x\"]}");
        assertThat(spliced("{\"m\":[1,2,3]}", Edit.remove("/m/0"), Edit.remove("/m/0")))
                .isEqualTo("{\"m\":[2,3]}");
    }

    @Test
    void puts_elements_before_the_same_one_in_the_order_of_their_edits() throws Exception {
        assertThat(spliced("{\"m\":[9]}", Edit.insert("/m/0", "1"), Edit.insert("/m/0", "2")))
                .isEqualTo("{\"m\":[1,2,9]}");
        assertThat(spliced("{\"m\":[8,9]}", Edit.insert("/m/1", "1"), Edit.remove("/m/1"), Edit.insert("/m/-", "2")))
                .isEqualTo("{\"m\":[8,1,2]}");
    }

    @Test
    void changes_nothing_where_an_earlier_edit_took_everything_out() throws Exception {
        assertThat(spliced("{\"o\":{\"a\":1},\"b\":2}", Edit.remove("/o"), Edit.insert("/o/c", "3")))
                .isEqualTo("{\"b\":2}");
    }

    @Test
    void lets_a_later_edit_see_what_an_earlier_one_added() throws Exception {
        assertThat(spliced("{}", Edit.insert("/o", "{}"), Edit.insert("/o/u", "true")))
                .isEqualTo("{\"o\":{\"u\":true}}");
    }

    @Test
    void takes_all_members_out_and_puts_others_in() throws Exception {
        assertThat(spliced(
                        "{\"a\":\"1\", \"b\":\"2\"}",
                        Edit.remove("/b"),
                        Edit.insert("/c", "3"),
                        Edit.remove("/a"),
                        Edit.insert("/d", "4")))
                .isEqualTo("{\"c\":3,\"d\":4}");
    }

    @Test
    void means_the_last_of_nested_members_of_one_name() throws Exception {
        assertThat(spliced("{\"o\":{\"a\":1,\"a\":2}}", Edit.replace("/o/a", "3")))
                .isEqualTo("{\"o\":{\"a\":1,\"a\":3}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'o':{'a' : 1.50, 'b':2}}  | /o/a | {'o':{'c' : 1.50, 'b':2}}",
                "{'\\u0061':'x'}            | /a   | {'c':'x'}",
                "{'a':[1]}                  | /b   | {'a':[1]}",
                "{'a':1,'c':2}              | /a   | {'a':1,'c':2}",
                "{'a':[1]}                  | /a/0 | {'a':[1]}",
            })
    void gives_a_member_another_name_that_is_not_taken(String body, String pointer, String expected) throws Exception {
        assertThat(spliced(body.replace('\'', '"'), Edit.rename(pointer, "c"))).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void finds_what_was_renamed_by_the_name_it_came_with() throws Exception {
        Edit renamed = Edit.rename("/a", "c");

        assertThat(spliced("{\"a\":1}", renamed, Edit.replace("/a", "2"))).isEqualTo("{\"c\":2}");
        assertThat(spliced("{\"a\":1}", Edit.replace("/a", "2"), renamed)).isEqualTo("{\"c\":2}");
        assertThat(spliced("{\"a\":{\"b\":1}}", renamed, Edit.replace("/a/b", "2")))
                .isEqualTo("{\"c\":{\"b\":2}}");
        assertThat(spliced("{\"a\":1}", renamed, Edit.remove("/a"), Edit.insert("/a", "2")))
                .isEqualTo("{\"a\":2}");
        assertThat(spliced("{}", Edit.insert("/a", "2"), renamed)).isEqualTo("{\"c\":2}");
        assertThat(spliced("{\"a\":1}", renamed, Edit.insert("/c", "2"))).isEqualTo("{\"c\":1}");
        assertThat(spliced("{\"c\":1,\"a\":2}", Edit.remove("/c"), renamed)).isEqualTo("{\"c\":2}");
    }

    @Test
    void finds_the_end_of_a_string_behind_its_escapes() throws Exception {
        assertThat(spliced("{\"a\":\"quote \\\" and \\\\\",\"b\":1}", Edit.replace("/a", "0")))
                .isEqualTo("{\"a\":0,\"b\":1}");
    }

    @Test
    void needs_no_second_reading_for_members_that_the_index_knows() throws Exception {
        Body body = unreadable("{\"model\":\"a\",\"n\":1}");
        JsonIndex index = new Scan(Set.of("model"), Map.of()).read(Body.of("{\"model\":\"a\",\"n\":1}"));

        Body edited = Splice.apply(body, index, List.of(Edit.replace("/model", "\"b\""), Edit.remove("/n")));

        assertThat(Bodies.written(edited)).isEqualTo("{\"model\":\"b\"}");
    }

    @Test
    void writes_as_many_pieces_as_there_are_and_copies_nothing() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        Body edited =
                Splice.apply(Body.of("{\"x\":1,\"model\":\"a\",\"y\":2}"), List.of(Edit.replace("/model", "\"b\"")));

        edited.writeTo(new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes, int from, int length) {
                writes.incrementAndGet();
                super.write(bytes, from, length);
            }
        });

        assertThat(writes).hasValue(3);
    }

    private static Body unreadable(String text) {
        Body body = Body.of(text);
        return new Body() {
            @Override
            public long size() {
                return body.size();
            }

            @Override
            public java.io.InputStream open() {
                throw new AssertionError("read again");
            }

            @Override
            public void writeTo(java.io.OutputStream out) throws IOException {
                body.writeTo(out);
            }
        };
    }

    private static String spliced(String body, Edit... edits) throws IOException {
        Body edited = Splice.apply(Body.of(body), List.of(edits));
        String written = Bodies.written(edited);
        assertThat(Bodies.read(edited)).isEqualTo(written);
        assertThat(edited.size()).isEqualTo(written.length());
        return written;
    }
}
