package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExcerptTest {

    private static final String TEXT =
            "{ \"a/b\" : 1.50, \"s\":\"x \\\" y\", \"m\":[ {\"c\":[true , \"\u20ac\"]} ], \"\":null }";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a~1b      | 1.50",
                "/s         | \"x \\\" y\"",
                "/m         | [ {\"c\":[true , \"\u20ac\"]} ]",
                "/m/0/c     | [true , \"\u20ac\"]",
                "/m/0/c/1   | \"\u20ac\"",
                "/          | null",
            })
    void gives_the_text_as_it_was_written(String pointer, String expected) throws Exception {
        assertThat(at(pointer)).contains(expected);
    }

    @Test
    void gives_the_whole_document_for_the_empty_pointer() throws Exception {
        assertThat(at("")).contains(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/m/1", "/m/00", "/m/-", "/s/0", "m", "/~"})
    void gives_nothing_where_nothing_is(String pointer) throws Exception {
        assertThat(at(pointer)).isEmpty();
    }

    @Test
    void gives_members_as_trees() throws Exception {
        JsonIndex index = new Scan(Set.of(), Map.of()).read(Body.of(TEXT));

        assertThat(Excerpt.member(Body.of(TEXT), index, "m").path(0).path("c").size())
                .isEqualTo(2);
        assertThat(Excerpt.member(Body.of(TEXT), index, "x").isMissingNode()).isTrue();
    }

    @Test
    void a_body_that_cannot_be_read_any_more_is_closed() throws Exception {
        JsonIndex index = new Scan(Set.of(), Map.of()).read(Body.of(TEXT));
        String member = index.members().getLast().name();
        AtomicBoolean closed = new AtomicBoolean();

        assertThatThrownBy(() -> Excerpt.open(broken(closed), index, "/" + member))
                .isInstanceOf(IOException.class);
        assertThat(closed).isTrue();
    }

    /** A body whose file has become shorter. */
    private static Body broken(AtomicBoolean closed) {
        return new Body() {
            @Override
            public long size() {
                return TEXT.length();
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[0]) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };
            }

            @Override
            public void writeTo(OutputStream out) {
                throw new AssertionError("nobody wants all of it");
            }
        };
    }

    private static Optional<String> at(String pointer) throws IOException {
        Body body = Body.of(TEXT);
        JsonIndex index = new Scan(Set.of(), Map.of()).read(body);
        Optional<String> held = Excerpt.at(body, index, pointer).map(bytes -> new String(bytes, UTF_8));
        assertThat(streamed(body, index, pointer)).isEqualTo(held);
        return held;
    }

    private static Optional<String> streamed(Body body, JsonIndex index, String pointer) throws IOException {
        Optional<InputStream> stream = Excerpt.open(body, index, pointer);
        if (stream.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = stream.get()) {
            return Optional.of(new String(in.readAllBytes(), UTF_8));
        }
    }
}
