package dev.signalbox.ledger.sqlite;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Opens the file, or makes it where there is none. One that is damaged is kept aside under another name, and as long as it
 * lies there no new one is begun in its place: that is for somebody to decide.
 */
record LedgerFile(Path file) {

    private static final int OURS = 0x53_69_67_62;
    private static final int VERSION = 1;
    private static final String ASIDE = ".damaged-";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private static final List<String> TABLES = List.of(
            "PRAGMA auto_vacuum = INCREMENTAL",
            "CREATE TABLE account (name TEXT NOT NULL, unit TEXT NOT NULL, span TEXT NOT NULL, ends INTEGER,"
                    + " charged INTEGER NOT NULL, PRIMARY KEY (name, unit, span)) WITHOUT ROWID",
            "CREATE TABLE spending (day TEXT NOT NULL, backend TEXT NOT NULL, model TEXT NOT NULL,"
                    + " profile TEXT NOT NULL, caller TEXT NOT NULL, reported INTEGER NOT NULL, counted INTEGER NOT NULL,"
                    + " estimated INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL,"
                    + " cache_read INTEGER NOT NULL, cache_write INTEGER NOT NULL, cost TEXT NOT NULL, saved TEXT NOT NULL,"
                    + " PRIMARY KEY (day, backend, model, profile, caller)) WITHOUT ROWID",
            "PRAGMA application_id = " + OURS,
            "PRAGMA user_version = " + VERSION);

    /** Opens it for this process alone. */
    Connection open(Instant now) throws Broken {
        try {
            Path folder = file.toAbsolutePath().resolveSibling("");
            makeFolder(folder);
            NativeCode.keepIn(folder.resolve("native"));
            if (!Files.exists(file)) {
                requireNothingAside(folder);
                make();
            }
            return opened(now);
        } catch (IOException failed) {
            throw Broken.forNow("the ledger %s cannot be opened: %s".formatted(file, failed), failed);
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private void requireNothingAside(Path folder) throws IOException, Broken {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> aside = files.filter(
                            each -> each.getFileName().toString().startsWith(name() + ASIDE))
                    .sorted()
                    .toList();
            if (!aside.isEmpty()) {
                throw Broken.forGood(
                        "the ledger %s was damaged and is kept aside as %s; put a copy that is whole in its place, or move that file away to begin anew"
                                .formatted(file, aside.getLast().getFileName()));
            }
        }
    }

    private String name() {
        return file.getFileName().toString();
    }

    /** Under another name first: what has its own name is whole, whenever the process dies. */
    private void make() throws IOException, Broken {
        Path draft = file.resolveSibling(name() + ".new");
        Files.deleteIfExists(draft);
        Files.deleteIfExists(file.resolveSibling(name() + "-wal")); // of one that is gone
        Files.deleteIfExists(file.resolveSibling(name() + "-shm"));
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        try (Connection made = connect(draft, config);
                Statement statement = made.createStatement()) {
            for (String sql : TABLES) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw Broken.forNow("the ledger %s cannot be made: %s".formatted(file, failed.getMessage()), failed);
        }
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException plain) {
            Files.move(draft, file);
        }
    }

    private Connection opened(Instant now) throws Broken, IOException {
        if (Files.size(file) == 0) {
            throw keptAside(now, "it is empty");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(1_000);
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(1 << 20);
        @Nullable Connection connection = null;
        boolean good = false;
        try {
            connection = connect(file, config);
            check(connection);
            good = true;
            return connection;
        } catch (SQLiteException failed) {
            close(connection);
            throw damaged(failed) ? keptAside(now, String.valueOf(failed.getMessage())) : notNow(failed);
        } catch (SQLException failed) {
            throw Broken.forNow("the ledger %s cannot be opened: %s".formatted(file, failed.getMessage()), failed);
        } catch (Damage damage) {
            close(connection);
            throw keptAside(now, String.valueOf(damage.getMessage()));
        } finally {
            if (!good) {
                close(connection);
            }
        }
    }

    private static Connection connect(Path path, SQLiteConfig config) throws SQLException {
        try {
            return config.createConnection("jdbc:sqlite:" + path.toAbsolutePath());
        } catch (LinkageError failed) {
            throw new SQLException("the code of SQLite cannot be loaded: " + failed, failed);
        }
    }

    private static final class Damage extends Exception {
        private static final long serialVersionUID = 1;

        Damage(String message) {
            super(message);
        }
    }

    private void check(Connection connection) throws SQLException, Broken, Damage {
        try (Statement statement = connection.createStatement()) {
            String found = text(statement, "PRAGMA quick_check(1)");
            if (!found.equals("ok")) {
                throw new Damage(found);
            }
            if (!text(statement, "PRAGMA application_id").equals(String.valueOf(OURS))) {
                throw Broken.forGood("%s is no ledger; name another file".formatted(file));
            }
            if (!text(statement, "PRAGMA user_version").equals(String.valueOf(VERSION))) {
                throw Broken.forGood("the ledger %s was written by a newer version".formatted(file));
            }
            statement.execute("BEGIN IMMEDIATE"); // takes the lock that nobody else gets from now on
            statement.execute("UPDATE account SET charged = charged WHERE 0");
            statement.execute("COMMIT");
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        }
    }

    /** Whether that is what the file holds, and not what may be otherwise the next time. */
    static boolean damaged(SQLException failed) {
        return failed instanceof SQLDataException
                || (failed instanceof SQLiteException known
                        && ((known.getResultCode().code & 0xFF) == SQLiteErrorCode.SQLITE_CORRUPT.code
                                || (known.getResultCode().code & 0xFF) == SQLiteErrorCode.SQLITE_NOTADB.code));
    }

    private Broken notNow(SQLiteException failed) {
        boolean taken = (failed.getResultCode().code & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code;
        String why = taken ? "another process uses it" : String.valueOf(failed.getMessage());
        return Broken.forNow("the ledger %s cannot be opened: %s".formatted(file, why), failed);
    }

    /** Moves it out of the way, with what belongs to it. */
    Broken keptAside(Instant now, String why) {
        String aside = name() + ASIDE + STAMP.format(now);
        try {
            for (String part : List.of("-wal", "-shm", "")) {
                Path from = file.resolveSibling(name() + part);
                if (Files.exists(from)) {
                    Files.move(from, file.resolveSibling(aside + part));
                }
            }
        } catch (IOException failed) {
            return Broken.forGood("the ledger %s is damaged (%s) and cannot be moved: %s".formatted(file, why, failed));
        }
        return Broken.forGood(
                "the ledger %s is damaged (%s). It is kept aside as %s; put a copy that is whole in its place and restart, or move that file away to begin anew"
                        .formatted(file, why, aside));
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException ignored) {
            // it was of no use anyway
        }
    }
}
