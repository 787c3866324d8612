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

    static final Duration OFTEN = Duration.ofMillis(250);
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
    private final AtomicBoolean hurrying = new AtomicBoolean();
    private final ReentrantLock working = new ReentrantLock();
    private Optional<Task> task = Optional.empty(); // guarded by working
    private Optional<Store> store = Optional.empty(); // guarded by working
    private boolean over; // nothing is written any more; guarded by working
    private Optional<Long> notBefore = Optional.empty(); // in nanoseconds; guarded by working
    private Optional<Long> compacted = Optional.empty(); // when last, in nanoseconds; guarded by working
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
                    hurry();
                }
            } finally {
                working.unlock();
            }
        }
    }

    /** Somebody waits, or soon would: looks at once. Blocks nobody. */
    void hurry() {
        if (hurrying.compareAndSet(false, true)) {
            context.once(Duration.ZERO, () -> {
                hurrying.set(false);
                work();
            });
        }
    }

    private void work() {
        working.lock();
        try {
            if (over || notBefore.filter(at -> context.nanoTime() - at < 0).isPresent()) {
                return;
            }
            Instant now = context.clock().instant();
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
            store = Optional.of(read(now));
            told = "";
        } catch (Broken broken) {
            over = !broken.passing();
            trouble(broken.words());
        }
    }

    private Store read(Instant now) throws Broken {
        Store opened = new Store(file.open(now));
        try {
            ledger.opened(opened.accounts(), opened.lines());
            return opened;
        } catch (SQLException failed) {
            close(opened);
            String why = String.valueOf(failed.getMessage());
            throw LedgerFile.damaged(failed)
                    ? file.keptAside(now, why)
                    : Broken.forNow("the ledger %s cannot be read: %s".formatted(file.file(), why), failed);
        }
    }

    private void trouble(String why) {
        ledger.inTrouble(why);
        tell(why);
        rest();
        context.askAgain(); // who waits is refused
    }

    private void rest() {
        notBefore = Optional.of(context.nanoTime() + AFTER_TROUBLE.toNanos());
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
        if (LedgerFile.damaged(failed)) {
            closeStore();
            over = true;
            trouble(file.keptAside(now, String.valueOf(failed.getMessage())).words());
        } else {
            String why = "the ledger %s cannot be written: %s".formatted(file.file(), failed.getMessage());
            ledger.unwritten(page, why);
            tell(why);
            rest();
        }
    }

    private void compact(Store open, Instant now) throws SQLException {
        long nanos = context.nanoTime();
        if (compacted.filter(last -> nanos - last < COMPACTED.toNanos()).isPresent()) {
            return;
        }
        compacted = Optional.of(nanos);
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
            if (store.isEmpty() && !over && ledger.hasNews()) {
                open(context.clock().instant()); // it ends before it has looked for the first time
            }
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
        store.ifPresent(this::close);
        store = Optional.empty();
    }

    private void close(Store open) {
        try {
            open.close();
        } catch (SQLException failed) {
            tell("the ledger %s cannot be closed: %s".formatted(file.file(), failed.getMessage()));
        }
    }
}
