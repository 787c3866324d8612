package dev.signalbox.ledger.sqlite;

import dev.signalbox.api.Target;
import dev.signalbox.spi.Account;
import dev.signalbox.spi.Period;
import dev.signalbox.spi.Spending;
import dev.signalbox.spi.Spendings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The file, open. One thread at a time uses it. */
final class Store implements AutoCloseable {

    private final Connection connection;

    Store(Connection connection) {
        this.connection = connection;
    }

    /**
     * What each account is charged.
     *
     * @throws SQLDataException if there is something that no ledger has written
     */
    Map<Account, Long> accounts() throws SQLException {
        connection.setAutoCommit(false);
        Map<Account, Long> accounts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, unit, span, ends, charged FROM account")) {
            while (row.next()) {
                accounts.put(account(row), charged(row));
            }
        } catch (RuntimeException odd) {
            throw strange("account", odd);
        }
        connection.rollback();
        return accounts;
    }

    private static Account account(ResultSet row) throws SQLException {
        long ends = row.getLong(4);
        Optional<Instant> end = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(ends));
        return new Account(
                row.getString(1),
                Account.Unit.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                new Period.Span(row.getString(3), end));
    }

    private static long charged(ResultSet row) throws SQLException {
        Object told = row.getObject(5);
        boolean isWhole = told instanceof Integer || told instanceof Long;
        if (!isWhole || row.getLong(5) < 0) {
            throw new IllegalArgumentException("charged is %s".formatted(row.getString(5)));
        }
        return row.getLong(5);
    }

    private static SQLDataException strange(String table, RuntimeException odd) {
        return new SQLDataException("the table %s holds what cannot be: %s".formatted(table, odd.getMessage()), odd);
    }

    /**
     * What answers took.
     *
     * @throws SQLDataException if there is something that no ledger has written
     */
    List<Spending> lines() throws SQLException {
        List<Spending> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT * FROM spending ORDER BY day DESC LIMIT " + Spendings.MOST)) {
            while (row.next()) {
                lines.add(line(row));
            }
        } catch (RuntimeException odd) {
            throw strange("spending", odd);
        }
        connection.rollback();
        return lines;
    }

    private static Spending line(ResultSet row) throws SQLException {
        Target target = new Target(row.getString("backend"), row.getString("model"));
        return new Spending(
                new Spending.Of(row.getString("day"), target, row.getString("profile"), row.getString("caller")),
                new Spending.Sources(row.getLong("reported"), row.getLong("counted"), row.getLong("estimated")),
                row.getLong("input"),
                row.getLong("output"),
                row.getLong("cache_read"),
                row.getLong("cache_write"),
                new BigDecimal(row.getString("cost")),
                new BigDecimal(row.getString("saved")));
    }

    /** Writes all of it, or nothing. */
    void write(Map<Account, Long> charged, Collection<Spending> lines) throws SQLException {
        boolean written = false;
        try {
            writeAccounts(charged);
            writeLines(lines);
            connection.commit();
            written = true;
        } finally {
            if (!written) {
                connection.rollback();
            }
        }
    }

    private void writeAccounts(Map<Account, Long> charged) throws SQLException {
        try (PreparedStatement write =
                connection.prepareStatement("INSERT OR REPLACE INTO account VALUES (?, ?, ?, ?, ?)")) {
            for (Map.Entry<Account, Long> each : charged.entrySet()) {
                Account account = each.getKey();
                write.setString(1, account.name());
                write.setString(2, account.unit().id());
                write.setString(3, account.span().name());
                if (account.span().end().isPresent()) {
                    write.setLong(4, account.span().end().get().getEpochSecond());
                } else {
                    write.setNull(4, Types.INTEGER);
                }
                write.setLong(5, each.getValue());
                write.executeUpdate();
            }
        }
    }

    private void writeLines(Collection<Spending> lines) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(
                "INSERT OR REPLACE INTO spending VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Spending line : lines) {
                write.setString(1, line.of().day());
                write.setString(2, line.of().target().backend());
                write.setString(3, line.of().target().model());
                write.setString(4, line.of().profile());
                write.setString(5, line.of().caller());
                write.setLong(6, line.sources().reported());
                write.setLong(7, line.sources().counted());
                write.setLong(8, line.sources().estimated());
                write.setLong(9, line.input());
                write.setLong(10, line.output());
                write.setLong(11, line.cacheRead());
                write.setLong(12, line.cacheWrite());
                write.setString(13, line.cost().toPlainString());
                write.setString(14, line.saved().toPlainString());
                write.executeUpdate();
            }
        }
    }

    /** Forgets accounts that were over then and days before that one, and gives the room back. */
    void compact(Instant over, String firstDay) throws SQLException {
        try (PreparedStatement accounts = connection.prepareStatement("DELETE FROM account WHERE ends <= ?");
                PreparedStatement days = connection.prepareStatement("DELETE FROM spending WHERE day < ?")) {
            accounts.setLong(1, over.getEpochSecond());
            accounts.executeUpdate();
            days.setString(1, firstDay);
            days.executeUpdate();
            connection.commit();
        }
        vacuum();
        connection.commit();
    }

    /** Gives back a page at each step, so it has to be read to its end; and nothing is committed while it is open. */
    private void vacuum() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute("PRAGMA incremental_vacuum")) {
                try (ResultSet pages = statement.getResultSet()) {
                    while (pages.next()) {
                        // each is one page less
                    }
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
