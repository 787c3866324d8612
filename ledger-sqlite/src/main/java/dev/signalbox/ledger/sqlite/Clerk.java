package dev.signalbox.ledger.sqlite;

import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.PluginContext.Task;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** Writes the file: ahead of those who ask, and never while they wait for an answer. */
final class Clerk implements AutoCloseable {

    static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
    private static final Duration COMPACTED = Duration.ofHours(1);

    /** An account is forgotten so long after its time. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final SqliteLedger ledger;
    private final LedgerFile file;
    private final Duration keep;
    private final Duration often;
    private final PluginContext context;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final ReentrantLock working = new ReentrantLock();
    private Optional<Task> task = Optional.empty(); // guarded by working
    private Optional<Store> store = Optional.empty(); // guarded by working
    private boolean over; // nothing is written any more; guarded by working
    private Instant notBefore = Instant.MIN; // guarded by working
    private Instant nextCompaction = Instant.MIN; // guarded by working
    private String told = ""; // the trouble the log knows; guarded by working

    Clerk(SqliteLedger ledger, LedgerFile file, Duration keep, Duration often, PluginContext context) {
        this.ledger = ledger;
        this.file = file;
        this.keep = keep;
        this.often = often;
        this.context = context;
    }

    /** Somebody needs the file from now on. */
    void begin() {
        if (!begun.get() && begun.compareAndSet(false, true)) {
            working.lock();
            try {
                if (!over) {
                    task = Optional.of(context.schedule(often, this::work));
                }
            } finally {
                working.unlock();
            }
        }
    }

    private void work() {
        working.lock();
        try {
            Instant now = context.clock().instant();
            if (over || now.isBefore(notBefore)) {
                return;
            }
            if (store.isEmpty()) {
                open(now);
            }
            if (store.isPresent()) {
                write(store.get(), now);
            }
        } finally {
            working.unlock();
        }
    }

    private void open(Instant now) {
        try {
            Store opened = new Store(file.open(now));
            ledger.opened(opened.accounts(), opened.lines());
            store = Optional.of(opened);
            told = "";
        } catch (Broken broken) {
            trouble(broken.words(), now);
            over = !broken.passing();
        } catch (SQLException failed) {
            trouble("the ledger %s cannot be read: %s".formatted(file.file(), failed.getMessage()), now);
        }
    }

    private void trouble(String why, Instant now) {
        ledger.inTrouble(why, false);
        tell(why);
        notBefore = now.plus(AFTER_TROUBLE);
        context.askAgain(); // who waits is refused
    }

    private void tell(String why) {
        if (!why.equals(told)) {
            told = why;
            context.logger().log(Level.ERROR, "{0}", why);
        }
    }

    private void write(Store open, Instant now) {
        SqliteLedger.Page page = ledger.next();
        try {
            if (!page.empty()) {
                open.write(page.charged(), page.lines());
            }
            if (ledger.written(page)) {
                context.askAgain();
            }
            told = "";
            compact(open, now);
        } catch (SQLException failed) {
            unwritten(page, failed, now);
        }
    }

    private void unwritten(SqliteLedger.Page page, SQLException failed, Instant now) {
        String why = "the ledger %s cannot be written: %s".formatted(file.file(), failed.getMessage());
        if (LedgerFile.damaged(failed)) {
            closeStore();
            why = file.keptAside(now, String.valueOf(failed.getMessage())).words();
            ledger.inTrouble(why, false);
            over = true;
        } else {
            ledger.unwritten(page, why);
            notBefore = now.plus(AFTER_TROUBLE);
        }
        tell(why);
    }

    private void compact(Store open, Instant now) throws SQLException {
        if (now.isBefore(nextCompaction)) {
            return;
        }
        nextCompaction = now.plus(COMPACTED);
        String kept = LocalDate.ofInstant(now.minus(keep), ZoneOffset.UTC).toString();
        ledger.forget(now.minus(KEPT), kept);
        String first = ledger.firstLine();
        open.compact(now.minus(KEPT), first.compareTo(kept) > 0 ? first : kept);
    }

    /** Has the file say what was really spent, and lets go of it. */
    @Override
    public void close() {
        working.lock();
        try {
            begun.set(true);
            task.ifPresent(Task::close);
            over = true;
            if (store.isPresent()) {
                SqliteLedger.Page last = ledger.last();
                store.get().write(last.charged(), last.lines());
            }
        } catch (SQLException failed) {
            tell("the ledger %s cannot be written: %s".formatted(file.file(), failed.getMessage()));
        } finally {
            closeStore();
            working.unlock();
        }
    }

    private void closeStore() {
        try {
            if (store.isPresent()) {
                store.get().close();
            }
        } catch (SQLException failed) {
            tell("the ledger %s cannot be closed: %s".formatted(file.file(), failed.getMessage()));
        }
        store = Optional.empty();
    }
}
