package dev.signalbox.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Body;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SpoolTest {

    private static final int IN_MEMORY = 40_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 39_999, 40_000, 40_001, 200_000})
    void gives_back_the_bytes_it_took_announced_or_not(int size) throws Exception {
        Spool spool = new Spool(folder, IN_MEMORY, 1_000_000);
        byte[] bytes = bytes(size);

        for (long announced : new long[] {size, -1}) {
            try (Body body = spool.spool(new ByteArrayInputStream(bytes), announced, 1_000_000)) {
                assertThat(body.size()).isEqualTo(size);
                assertThat(read(body)).isEqualTo(bytes);
                assertThat(read(body)).as("a second time").isEqualTo(bytes);
                ByteArrayOutputStream written = new ByteArrayOutputStream();
                body.writeTo(written);
                assertThat(written.toByteArray()).isEqualTo(bytes);
            }
        }
        assertThat(spool.inMemory()).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void holds_small_bodies_in_memory_and_large_ones_in_files() throws Exception {
        Spool spool = new Spool(folder, IN_MEMORY, 1_000_000);

        try (Body small = spool.spool(new ByteArrayInputStream(bytes(1_000)), 1_000, 1_000_000);
                Body large = spool.spool(new ByteArrayInputStream(bytes(50_000)), -1, 1_000_000)) {
            assertThat(spool.inMemory()).isEqualTo(1_000);
            assertThat(small.size() + large.size()).isEqualTo(51_000);
        }
    }

    @Test
    void takes_bodies_over_that_were_made_here() throws Exception {
        Spool spool = new Spool(folder, IN_MEMORY, 1_000_000);

        try (Body small = spool.hold(Body.of(bytes(1_000)));
                Body large = spool.hold(Body.of(bytes(50_000)))) {
            assertThat(spool.inMemory()).isEqualTo(1_000);
            assertThat(read(small)).isEqualTo(bytes(1_000));
            assertThat(read(large)).isEqualTo(bytes(50_000));
        }
        assertThat(spool.inMemory()).isZero();
    }

    @Test
    void puts_a_small_body_into_a_file_when_all_bodies_together_have_no_room() throws Exception {
        Spool spool = new Spool(folder, IN_MEMORY, 30_000);

        try (Body first = spool.spool(new ByteArrayInputStream(bytes(20_000)), 20_000, 1_000_000);
                Body second = spool.spool(new ByteArrayInputStream(bytes(20_000)), 20_000, 1_000_000)) {
            assertThat(spool.inMemory()).isEqualTo(20_000);
            assertThat(read(second)).isEqualTo(read(first));
        }
    }

    @Test
    void gives_memory_back_once_however_often_a_body_is_closed() throws Exception {
        Spool spool = new Spool(folder, IN_MEMORY, 1_000_000);
        Body kept = spool.spool(new ByteArrayInputStream(bytes(100)), 100, 1_000_000);
        Body closed = spool.spool(new ByteArrayInputStream(bytes(70)), -1, 1_000_000);

        closed.close();
        closed.close();

        assertThat(spool.inMemory()).isEqualTo(100);
        assertThatThrownBy(closed::open).isInstanceOf(IOException.class);
        kept.close();
    }

    @Test
    void refuses_what_is_announced_to_be_too_large_without_reading_it() {
        Spool spool = new Spool(folder, IN_MEMORY, 1_000_000);

        assertThatThrownBy(() -> spool.spool(failing(), 101, 100))
                .isInstanceOf(TooLarge.class)
                .hasMessageContaining("100");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 60_000})
    void refuses_what_turns_out_to_be_too_large(int limit) {
        Spool spool = new Spool(folder, IN_MEMORY, 1_000_000);

        assertThatThrownBy(() -> spool.spool(new ByteArrayInputStream(bytes(limit + 1)), -1, limit))
                .isInstanceOf(TooLarge.class);
        assertThat(spool.inMemory()).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void takes_exactly_the_limit() throws Exception {
        Spool spool = new Spool(folder, IN_MEMORY, 1_000_000);

        try (Body body = spool.spool(new ByteArrayInputStream(bytes(60_000)), -1, 60_000)) {
            assertThat(body.size()).isEqualTo(60_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 50_000})
    void says_when_a_body_ends_early_and_keeps_nothing(int announced) {
        Spool spool = new Spool(folder, IN_MEMORY, 1_000_000);

        assertThatThrownBy(() -> spool.spool(new ByteArrayInputStream(bytes(announced - 1)), announced, 1_000_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("announced");
        assertThat(spool.inMemory()).isZero();
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 50_000})
    void reads_no_byte_beyond_the_announced_length(int announced) throws Exception {
        Spool spool = new Spool(folder, IN_MEMORY, 1_000_000);
        InputStream connection = new ByteArrayInputStream(bytes(announced + 3));

        spool.spool(connection, announced, 1_000_000).close();

        assertThat(connection.available()).isEqualTo(3);
    }

    @Test
    void leaves_no_name_of_a_body_in_the_folder_so_that_nobody_opens_it_and_nothing_stays_behind() throws Exception {
        Spool spool = new Spool(folder.resolve("made"), 0, 0);

        try (Body body = spool.spool(new ByteArrayInputStream("secret".getBytes(UTF_8)), 6, 100)) {
            assertThat(folder.resolve("made")).isEmptyDirectory();
            assertThat(read(body)).asString().isEqualTo("secret");
        }
    }

    @Test
    void reads_on_where_an_attempt_before_was_interrupted() throws Exception {
        Spool spool = new Spool(folder, 0, 0);
        byte[] bytes = bytes(200_000);

        try (Body body = spool.spool(new ByteArrayInputStream(bytes), bytes.length, bytes.length)) {
            Thread.currentThread().interrupt();
            byte[] first = read(body);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(first).isEqualTo(bytes);
            assertThat(read(body)).isEqualTo(bytes);
        }
    }

    @Test
    void lets_who_reads_a_file_go_on_after_the_body_is_closed_and_nobody_begin() throws Exception {
        Spool spool = new Spool(folder, 0, 0);
        byte[] bytes = bytes(200_000);
        Body body = spool.spool(new ByteArrayInputStream(bytes), bytes.length, bytes.length);

        try (InputStream reader = body.open()) {
            assertThat(reader.skip(100_000)).isEqualTo(100_000);
            body.close();
            assertThat(reader.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 200_000));
        }
        assertThatThrownBy(body::open).isInstanceOf(IOException.class);
    }

    @Test
    void reads_a_file_at_two_places_at_once() throws Exception {
        Spool spool = new Spool(folder, 0, 0);

        try (Body body = spool.spool(new ByteArrayInputStream("abcd".getBytes(UTF_8)), 4, 100);
                InputStream one = body.open();
                InputStream other = body.open()) {
            assertThat(new int[] {one.read(), one.read(), other.read(), one.read(), other.read()})
                    .containsExactly('a', 'b', 'a', 'c', 'b');
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static byte[] read(Body body) throws IOException {
        try (InputStream in = body.open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static InputStream failing() {
        return new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("was read");
            }
        };
    }
}
