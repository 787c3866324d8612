package dev.signalbox.ledger.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Target;
import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger.Answer;
import dev.signalbox.spi.Ledger.Total;
import dev.signalbox.spi.Period;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the file. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FileTest {

    private static final long LIMIT = 100_000;
    private static final long BLOCK = LIMIT / 50;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void a_place_for_it() {
        file = folder.resolve("state/ledger.db");
    }

    private List<String> aside() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.map(each -> each.getFileName().toString())
                    .filter(name -> name.contains(".damaged-"))
                    .sorted()
                    .toList();
        }
    }

    private static String unusable(Answer answer) {
        return ((Answer.Unusable) answer).reason();
    }

    @Test
    void nothing_is_made_before_somebody_asks() {
        try (Book book = new Book(file)) {
            book.pass(Duration.ofSeconds(5));
            assertThat(file.getParent()).doesNotExist();
        }
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void only_its_owner_may_look_into_it() throws Exception {
        try (Book book = new Book(file)) {
            book.opened();
            assertThat(Files.getPosixFilePermissions(file.getParent()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void what_was_spent_is_known_to_the_unit_after_an_orderly_end() {
        try (Book book = new Book(file)) {
            book.spends("alice", 1_234, LIMIT);
            book.notes("2026-01-01", "m");
            book.notes("2026-01-01", "m");
        }
        try (Book book = new Book(file).opened()) {
            assertThat(book.total("alice")).isEqualTo(new Total(1_234, 0));
            assertThat(book.ledger().spendings()).singleElement().satisfies(line -> {
                assertThat(line.of().target()).isEqualTo(Target.of("gpu/m"));
                assertThat(line.sources().reported()).isEqualTo(2);
                assertThat(line.cost()).isEqualByComparingTo("0.00000003");
            });
        }
    }

    @Test
    void what_is_set_aside_at_the_end_counts_as_spent() {
        try (Book book = new Book(file)) {
            book.waits("alice", 500, LIMIT);
        }
        try (Book book = new Book(file).opened()) {
            assertThat(book.total("alice")).isEqualTo(new Total(500, 0));
        }
    }

    /** A copy of the files is what a process that is killed at that moment leaves. */
    @Test
    void a_process_that_is_killed_loses_a_block_at_most_and_on_the_safe_side() throws Exception {
        Path left = folder.resolve("left/ledger.db");
        Files.createDirectories(left.getParent());
        try (Book book = new Book(file)) {
            for (int i = 1; i <= 40; i++) {
                book.spends("alice", 337, LIMIT);
                for (String part : List.of("", "-wal")) {
                    Files.copy(
                            file.resolveSibling("ledger.db" + part),
                            left.resolveSibling("ledger.db" + part),
                            StandardCopyOption.REPLACE_EXISTING);
                }
                try (Book next = new Book(left).opened()) {
                    assertThat(next.total("alice").spent())
                            .isBetween(337L * i, 337L * i + 2 * BLOCK + 337)
                            .isLessThanOrEqualTo(LIMIT);
                }
            }
        }
    }

    @Test
    void what_is_found_is_not_charged_again_and_again() throws Exception {
        try (Book book = new Book(file)) {
            book.spends("alice", 500, LIMIT);
        }
        for (int i = 0; i < 20; i++) {
            try (Book book = new Book(file).opened()) {
                book.pass(Duration.ofSeconds(1));
            }
        }
        try (Book book = new Book(file).opened()) {
            assertThat(book.total("alice")).isEqualTo(new Total(500, 0));
        }
    }

    @Test
    void what_is_settled_where_there_is_no_room_for_it_is_not_remembered() {
        try (Book book = new Book(file).opened()) {
            for (int i = 0; i < Purses.MOST + 10; i++) {
                book.ledger().settle(Book.account("account " + i), 0, 1);
            }
            assertThat(book.ledger().totals()).hasSize(Purses.MOST);
            assertThat(book.asks("one more", 1, LIMIT)).isInstanceOf(Answer.Unusable.class);
            book.ledger().settle(Book.account("account 7"), 0, 1);
            assertThat(book.total("account 7")).isEqualTo(new Total(2, 0));
        }
    }

    @Test
    void what_is_spent_before_it_is_open_is_added_to_what_it_has() {
        try (Book book = new Book(file)) {
            book.spends("alice", 100, LIMIT);
        }
        try (Book book = new Book(file)) {
            book.ledger().settle(Book.account("alice"), 0, 7);
            assertThat(book.pass().total("alice")).isEqualTo(new Total(107, 0));
        }
        try (Book book = new Book(file).opened()) {
            assertThat(book.total("alice")).isEqualTo(new Total(107, 0));
        }
    }

    @Test
    void a_file_that_is_damaged_is_an_error_and_kept_aside_and_nothing_begins_in_its_place() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "once upon a time ".repeat(1_000), UTF_8);
        try (Book book = new Book(file).opened()) {
            assertThat(unusable(book.asks("alice", 1, LIMIT)))
                    .contains(file.toString(), "is damaged", "kept aside as ledger.db.damaged-20260101T1200");
            assertThat(book.ledger().trouble()).contains(unusable(book.asks("alice", 1, LIMIT)));
        }
        assertThat(file).doesNotExist();
        assertThat(aside()).hasSize(1);
        assertThat(file.resolveSibling(aside().getFirst())).content(UTF_8).startsWith("once upon a time");

        try (Book book = new Book(file).opened()) {
            assertThat(unusable(book.asks("alice", 1, LIMIT))).contains("move that file away to begin anew");
        }
        assertThat(file).doesNotExist();
        Files.delete(file.resolveSibling(aside().getFirst()));
        try (Book book = new Book(file)) {
            assertThat(book.waits("alice", 1, LIMIT)).isEqualTo(new Answer.Taken());
            assertThat(book.ledger().trouble()).isEmpty();
        }
    }

    @Test
    void a_file_that_is_cut_off_or_empty_is_damaged_too() throws Exception {
        for (int part : new int[] {0, 2, 3}) {
            Files.deleteIfExists(file);
            try (Book book = new Book(file)) {
                for (int i = 0; i < 200; i++) {
                    book.ledger().settle(Book.account("an account with a long name, number " + i), 0, 5);
                }
                book.opened();
            }
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, part == 0 ? 0 : whole.length / part));
            try (Book book = new Book(file).opened()) {
                assertThat(unusable(book.asks("alice", 1, LIMIT)))
                        .as("1/%d", part)
                        .contains("is damaged");
            }
            assertThat(aside()).hasSize(1);
            Files.delete(file.resolveSibling(aside().getFirst()));
        }
    }

    @ParameterizedTest
    @CsvSource({"bananas, 5, BANANAS", "tokens, -5, -5", "tokens, 'many', many", "tokens, 0.5, 0.5"})
    void a_row_that_no_ledger_has_written_is_damage_too_and_lets_go_of_the_file(
            String unit, String charged, String told) throws Exception {
        try (Book book = new Book(file)) {
            book.spends("alice", 100, LIMIT);
        }
        try (var other = new org.sqlite.SQLiteConfig().createConnection("jdbc:sqlite:" + file);
                var statement = other.createStatement()) {
            statement.execute("INSERT INTO account VALUES ('bob', '%s', 'ever', NULL, '%s')".formatted(unit, charged));
        }
        try (Book book = new Book(file).opened()) {
            assertThat(unusable(book.asks("alice", 1, LIMIT))).contains("is damaged", told, "kept aside");
        }
        Path kept = file.resolveSibling(aside().getFirst());
        try (var other = new org.sqlite.SQLiteConfig().createConnection("jdbc:sqlite:" + kept);
                var statement = other.createStatement()) {
            statement.execute("DELETE FROM account WHERE name = 'bob'"); // nobody holds it any more
        }
        Files.move(kept, file);
        try (Book book = new Book(file).opened()) {
            assertThat(book.total("alice")).isEqualTo(new Total(100, 0));
        }
    }

    @Test
    void what_is_told_just_before_the_end_is_written_too() {
        try (Book book = new Book(file)) {
            book.notes("2026-01-01", "m");
            book.ledger().settle(Book.account("alice"), 0, 7);
        }
        try (Book book = new Book(file).opened()) {
            assertThat(book.ledger().spendings()).hasSize(1);
            assertThat(book.total("alice")).isEqualTo(new Total(7, 0));
        }
    }

    @Test
    void another_database_is_left_alone() throws Exception {
        Files.createDirectories(file.getParent());
        try (var other = new org.sqlite.SQLiteConfig().createConnection("jdbc:sqlite:" + file);
                var statement = other.createStatement()) {
            statement.execute("CREATE TABLE recipes (name TEXT)");
        }
        try (Book book = new Book(file).opened()) {
            assertThat(unusable(book.asks("alice", 1, LIMIT))).contains("is no ledger");
        }
        assertThat(file).exists();
        assertThat(aside()).isEmpty();
    }

    @Test
    void two_cannot_use_one_file_and_the_second_goes_on_when_the_first_has_ended() {
        try (Book second = new Book(file)) {
            try (Book first = new Book(file)) {
                first.spends("alice", 100, LIMIT);
                second.opened();
                assertThat(unusable(second.asks("alice", 1, LIMIT))).contains("another process uses it");
                first.spends("alice", 100, LIMIT);
            }
            second.pass(Duration.ofSeconds(10));
            assertThat(second.waits("alice", 1, LIMIT)).isEqualTo(new Answer.Taken());
            assertThat(second.total("alice")).isEqualTo(new Total(200, 1));
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_told_and_tried_again() throws Exception {
        Files.writeString(folder.resolve("state"), "no folder");
        try (Book book = new Book(file).opened()) {
            assertThat(unusable(book.asks("alice", 1, LIMIT))).contains("cannot be opened");
            Files.delete(folder.resolve("state"));
            book.pass(Duration.ofSeconds(10));
            assertThat(book.waits("alice", 1, LIMIT)).isEqualTo(new Answer.Taken());
        }
    }

    @Test
    void days_that_are_long_over_are_forgotten_and_the_file_stays_small() throws Exception {
        try (Book book = new Book(file, Duration.ofDays(1), Duration.ofMinutes(1))) {
            for (int i = 0; i < 2_000; i++) {
                book.notes("2025-12-30", "m" + i);
            }
            Account day = new Account(
                    "alice",
                    Account.Unit.TOKENS,
                    Period.DAY.spanAt(book.context().clock().instant(), ZoneOffset.UTC));
            book.ledger().settle(day, 0, 5);
            book.pass(Duration.ofHours(2)).pass(Duration.ofDays(4));
            assertThat(book.ledger().spendings()).isEmpty();
            assertThat(book.ledger().totals()).isEmpty();
        }
        assertThat(Files.size(file)).isLessThan(64 * 1024);
        try (Book book = new Book(file).opened()) {
            assertThat(book.ledger().spendings()).isEmpty();
            assertThat(book.ledger().totals()).isEmpty();
        }
    }

    @Test
    void giving_room_back_keeps_nobody_waiting() {
        try (Book book = new Book(file, Duration.ofDays(1), Book.MOMENT)) {
            for (int i = 0; i < 2_000; i++) {
                book.notes("2025-12-30", "m" + i);
            }
            book.pass().pass(Duration.ofHours(2));
            book.asks("alice", 10, LIMIT);
            book.pass();
            assertThat(book.asks("alice", 10, LIMIT)).isEqualTo(new Answer.Taken());
        }
    }

    @Test
    void the_log_beside_it_stays_small_whatever_is_written() throws Exception {
        try (Book book = new Book(file)) {
            for (int i = 0; i < 500; i++) {
                book.ledger().settle(Book.account("alice"), 0, 100_000);
                book.notes("2026-01-01", "m" + i % 50);
                book.pass();
            }
            assertThat(Files.size(file.resolveSibling("ledger.db-wal"))).isLessThan(8 << 20);
            assertThat(Files.size(file)).isLessThan(256 * 1024);
        }
    }
}
