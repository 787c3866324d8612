package dev.signalbox.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Ledger.Answer;
import dev.signalbox.spi.Ledger.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given out of blocks that were fetched ahead. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BlocksTest {

    private static final long LIMIT = 100_000;
    private static final long BLOCK = LIMIT / 50;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void a_place_for_it() {
        file = folder.resolve("state/ledger.db");
    }

    @Test
    void whoever_asks_is_asked_to_come_later_and_woken_when_there_is_something() {
        try (Book book = new Book(file)) {
            assertThat(book.asks("alice", 10, LIMIT)).isEqualTo(new Answer.Later("the ledger is being opened"));
            book.pass();
            assertThat(book.asks("alice", 10, LIMIT))
                    .isEqualTo(new Answer.Later("the ledger is fetching the next block"));
            book.pass();
            assertThat(book.context().askedAgain()).isEqualTo(2);
            assertThat(book.asks("alice", 10, LIMIT)).isEqualTo(new Answer.Taken());
        }
    }

    @Test
    void a_request_writes_nothing() throws Exception {
        try (Book book = new Book(file)) {
            book.spends("alice", 10, LIMIT);
            book.pass();
            List<byte[]> before = bytes();
            for (int i = 0; i < 10; i++) {
                assertThat(book.asks("alice", 10, LIMIT)).isEqualTo(new Answer.Taken());
                book.ledger().settle(Book.account("alice"), 10, 7);
                book.notes("2026-01-01", "m");
            }
            assertThat(Arrays.deepEquals(bytes().toArray(byte[][]::new), before.toArray(byte[][]::new)))
                    .isTrue();
        }
    }

    private List<byte[]> bytes() throws IOException {
        return List.of(Files.readAllBytes(file), Files.readAllBytes(file.resolveSibling("ledger.db-wal")));
    }

    @Test
    void the_whole_limit_can_be_spent_and_nothing_beyond() {
        try (Book book = new Book(file)) {
            long granted = 0;
            while (book.waits("alice", 33, 10_000) instanceof Answer.Taken) {
                book.ledger().settle(Book.account("alice"), 33, 33);
                granted += 33;
            }
            assertThat(granted).isEqualTo(10_000 / 33 * 33);
        }
    }

    @Test
    void a_request_that_is_larger_than_a_block_gets_it_too() {
        try (Book book = new Book(file)) {
            assertThat(book.waits("alice", LIMIT, LIMIT)).isEqualTo(new Answer.Taken());
        }
    }

    @Test
    void whoever_waits_need_not_wait_until_it_is_time_to_write() {
        try (Book book = new Book(file, Duration.ofDays(400), Duration.ofHours(1))) {
            assertThat(book.asks("alice", 10, LIMIT)).isInstanceOf(Answer.Later.class);
            book.pass(Duration.ZERO);
            assertThat(book.asks("alice", 10, LIMIT)).isInstanceOf(Answer.Later.class);
            book.pass(Duration.ZERO);
            assertThat(book.asks("alice", 10, LIMIT)).isEqualTo(new Answer.Taken());
        }
    }

    @Test
    void what_runs_low_is_fetched_before_anybody_has_to_wait() {
        try (Book book = new Book(file, Duration.ofDays(400), Duration.ofHours(1))) {
            book.waits("alice", 10, LIMIT);
            for (int i = 0; i < 1_000; i++) {
                assertThat(book.asks("alice", 90, LIMIT)).as("request %d", i).isEqualTo(new Answer.Taken());
                book.pass(Duration.ZERO);
            }
        }
    }

    @Test
    void requests_that_are_larger_than_a_block_do_not_wait_each_time() {
        try (Book book = new Book(file)) {
            book.waits("alice", 3 * BLOCK, LIMIT);
            for (int i = 0; i < 10; i++) {
                assertThat(book.asks("alice", 3 * BLOCK, LIMIT))
                        .as("request %d", i)
                        .isEqualTo(new Answer.Taken());
                book.pass();
            }
        }
    }

    @Test
    void who_is_expected_finds_a_block_when_he_comes() {
        try (Book book = new Book(file)) {
            book.ledger().expect(Book.account("alice"), LIMIT);
            book.pass();
            assertThat(book.asks("alice", 10, LIMIT)).isEqualTo(new Answer.Taken());
            assertThat(book.ledger().totals()).containsOnlyKeys(Book.account("alice"));
        }
    }

    @Test
    void claims_are_covered_all_or_none() {
        try (Book book = new Book(file)) {
            book.spends("alice", 10, LIMIT);
            Claim alice = new Claim(Book.account("alice"), 10, LIMIT);
            Claim bob = new Claim(Book.account("bob"), 10, LIMIT);
            assertThat(book.ledger().reserve(List.of(alice, bob))).isInstanceOf(Answer.Later.class);
            assertThat(book.total("alice").reserved()).isZero();
            book.pass();
            assertThat(book.ledger().reserve(List.of(alice, bob))).isEqualTo(new Answer.Taken());
        }
    }
}
