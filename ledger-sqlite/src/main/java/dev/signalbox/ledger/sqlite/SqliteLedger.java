package dev.signalbox.ledger.sqlite;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Spending;
import dev.signalbox.spi.Spendings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives out of what its file counts as spent already; a clerk counts more there ahead of time, so that whoever asks never
 * waits for a disk. Nothing is opened before somebody asks. Any thread may use it.
 */
final class SqliteLedger implements Ledger {

    private static final Answer NOT_OPEN = new Answer.Later("the ledger is being opened");
    private static final Answer NOT_COVERED = new Answer.Later("the ledger is fetching the next block");

    private final ReentrantLock lock = new ReentrantLock();
    private final Purses purses = new Purses(); // guarded by lock, but for its totals
    private final Spendings lines = new Spendings(); // guarded by lock
    private final Set<Spending.Of> changed = new HashSet<>(); // lines that the file does not know; guarded by lock
    private final Clerk clerk;
    private boolean open; // guarded by lock
    private boolean asked; // somebody was told to come later; guarded by lock
    private Optional<String> trouble = Optional.empty(); // why it cannot be used; guarded by lock

    SqliteLedger(Path file, Duration keep, PluginContext context) {
        this(file, keep, Clerk.OFTEN, context);
    }

    /**
     * One that nobody has asked yet.
     *
     * @param keep how long lines are kept
     * @param often how often its clerk looks whether there is something to write
     */
    SqliteLedger(Path file, Duration keep, Duration often, PluginContext context) {
        this.clerk = new Clerk(this, new LedgerFile(file), keep, often, context);
    }

    @Override
    public void expect(Account account, long limit) {
        clerk.begin();
        lock.lock();
        try {
            if (purses.hasRoomFor(account)) {
                purses.moving(account).expect(limit);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Answer reserve(List<Claim> claims) {
        clerk.begin();
        lock.lock();
        try {
            if (!open) {
                asked = true;
                return trouble.<Answer>map(Answer.Unusable::new).orElse(NOT_OPEN);
            }
            return purses.haveRoomFor(claims)
                    ? reserveLocked(claims)
                    : new Answer.Unusable("the ledger has %d accounts, and takes no more".formatted(purses.count()));
        } finally {
            lock.unlock();
        }
    }

    private Answer reserveLocked(List<Claim> claims) {
        for (Claim claim : claims) {
            Total total = purses.total(claim.account());
            if (!total.leaves(claim.amount(), claim.limit())) {
                return new Answer.Over(claim.account(), total);
            }
        }
        List<Purse> moving = new ArrayList<>(claims.size());
        claims.forEach(claim -> moving.add(purses.moving(claim.account())));
        if (!cover(moving, claims)) {
            asked = true;
            clerk.hurry();
            return trouble.<Answer>map(Answer.Later::new).orElse(NOT_COVERED);
        }
        for (int i = 0; i < claims.size(); i++) {
            take(moving.get(i), claims.get(i));
        }
        return new Answer.Taken();
    }

    /** Whether all may be given out of what is covered; those that do not cover it want more. */
    private static boolean cover(List<Purse> purses, List<Claim> claims) {
        boolean all = true;
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            if (!purses.get(i).covers(claim.amount())) {
                purses.get(i).want(claim.amount(), claim.limit());
                all = false;
            }
        }
        return all;
    }

    private void take(Purse purse, Claim claim) {
        purse.reserve(claim.amount(), claim.limit());
        if (purse.runsLow()) {
            clerk.hurry();
        }
    }

    @Override
    public void settle(Account account, long reserved, long spent) {
        Total.NONE.settling(reserved, spent); // throws if these are no amounts
        clerk.begin();
        lock.lock();
        try {
            settleLocked(account, reserved, spent);
        } finally {
            lock.unlock();
        }
    }

    private Total settleLocked(Account account, long reserved, long spent) {
        return purses.hasRoomFor(account) ? purses.moving(account).settle(reserved, spent) : Total.NONE;
    }

    @Override
    public void release(Account account, long reserved) {
        settle(account, reserved, 0);
    }

    @Override
    public Total total(Account account) {
        clerk.begin();
        return purses.total(account);
    }

    @Override
    public Map<Account, Total> totals() {
        clerk.begin();
        return purses.totals();
    }

    @Override
    public void note(Spending spending) {
        clerk.begin();
        lock.lock();
        try {
            changed.add(lines.add(spending));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Total> book(List<Settlement> settlements, Spending spending) {
        clerk.begin();
        List<Total> totals = new ArrayList<>(settlements.size());
        lock.lock();
        try {
            for (Settlement each : settlements) {
                totals.add(settleLocked(each.account(), each.reserved(), each.spent()));
            }
            changed.add(lines.add(spending));
        } finally {
            lock.unlock();
        }
        return totals;
    }

    @Override
    public List<Spending> spendings() {
        clerk.begin();
        lock.lock();
        try {
            return lines.all();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<String> trouble() {
        lock.lock();
        try {
            return trouble;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        clerk.close();
    }

    // What the clerk asks and tells; it alone does.

    /** What the file has, to which everything is added that was spent before it was open. */
    void opened(Map<Account, Long> charged, List<Spending> written) {
        lock.lock();
        try {
            purses.found(charged);
            written.forEach(lines::add);
            open = true;
            trouble = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** It cannot be used any more, or not yet. */
    void inTrouble(String why) {
        lock.lock();
        try {
            trouble = Optional.of(why);
            open = false;
        } finally {
            lock.unlock();
        }
    }

    /** What the file is to know. */
    record Page(Map<Account, Long> charged, List<Spending> lines) {
        boolean empty() {
            return charged.isEmpty() && lines.isEmpty();
        }
    }

    /** What the file is to know next. */
    Page next() {
        lock.lock();
        try {
            return new Page(purses.next(), takeChanged());
        } finally {
            lock.unlock();
        }
    }

    /** What the file is to know in the end: what is used, and nothing beyond. */
    Page last() {
        lock.lock();
        try {
            return new Page(purses.last(), takeChanged());
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is anything that the file does not know. */
    boolean hasNews() {
        lock.lock();
        try {
            return purses.haveMoved() || !changed.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private List<Spending> takeChanged() {
        List<Spending> taken =
                changed.stream().flatMap(of -> lines.line(of).stream()).toList();
        changed.clear();
        return taken;
    }

    /** The file knows it; whether somebody waits for that. */
    boolean written(Page page) {
        lock.lock();
        try {
            purses.covered(page.charged());
            trouble = Optional.empty();
            boolean wakes = asked;
            asked = false;
            return wakes;
        } finally {
            lock.unlock();
        }
    }

    /** The file does not know it. */
    void unwritten(Page page, String why) {
        lock.lock();
        try {
            purses.uncovered(page.charged());
            page.lines().forEach(line -> changed.add(line.of()));
            trouble = Optional.of(why);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was over by then. */
    void forget(Instant over, String firstDay) {
        lock.lock();
        try {
            purses.forget(over);
            lines.forgetBefore(firstDay);
        } finally {
            lock.unlock();
        }
    }

    /** The oldest day of which there is something. */
    String firstLine() {
        lock.lock();
        try {
            return lines.firstDay().orElse("");
        } finally {
            lock.unlock();
        }
    }
}
