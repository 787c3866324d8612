package dev.signalbox.ledger.sqlite;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Spending;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Gives out of what its file counts as spent already; a clerk counts more there ahead of time, so that whoever asks never
 * waits for a disk. Nothing is opened before somebody asks. Any thread may use it.
 */
final class SqliteLedger implements Ledger {

    private static final int MOST_ACCOUNTS = 20_000;
    private static final Answer NOT_OPEN = new Answer.Later("the ledger is being opened");
    private static final Answer NOT_COVERED = new Answer.Later("the ledger is fetching the next block");

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Account, Purse> purses = new HashMap<>(); // guarded by lock
    private final Map<Spending.Of, Spending> lines = new HashMap<>(); // guarded by lock
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
    public Answer reserve(List<Claim> claims) {
        clerk.begin();
        lock.lock();
        try {
            if (!open) {
                asked = true;
                return trouble.<Answer>map(Answer.Unusable::new).orElse(NOT_OPEN);
            }
            if (purses.size() + claims.stream().filter(this::isNew).count() > MOST_ACCOUNTS) {
                return new Answer.Unusable("the ledger has %d accounts, and takes no more".formatted(purses.size()));
            }
            return reserveLocked(claims);
        } finally {
            lock.unlock();
        }
    }

    private boolean isNew(Claim claim) {
        return !purses.containsKey(claim.account());
    }

    private Answer reserveLocked(List<Claim> claims) {
        boolean covered = true;
        for (Claim claim : claims) {
            Purse purse = purse(claim.account());
            if (!purse.total().leaves(claim.amount(), claim.limit())) {
                return new Answer.Over(claim.account(), purse.total());
            }
            if (!purse.covers(claim.amount())) {
                purse.want(claim.amount(), claim.limit());
                covered = false;
            }
        }
        if (!covered) {
            asked = true;
            return trouble.<Answer>map(Answer.Later::new).orElse(NOT_COVERED);
        }
        claims.forEach(claim -> purse(claim.account()).reserve(claim.amount(), claim.limit()));
        return new Answer.Taken();
    }

    private Purse purse(Account account) {
        return purses.computeIfAbsent(account, absent -> new Purse());
    }

    @Override
    public void settle(Account account, long reserved, long spent) {
        clerk.begin();
        lock.lock();
        try {
            purse(account).settle(reserved, spent);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(Account account, long reserved) {
        settle(account, reserved, 0);
    }

    @Override
    public Total total(Account account) {
        clerk.begin();
        lock.lock();
        try {
            Purse purse = purses.get(account);
            return purse == null ? Total.NONE : purse.total();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<Account, Total> totals() {
        clerk.begin();
        lock.lock();
        try {
            Map<Account, Total> totals = new HashMap<>();
            purses.forEach((account, purse) -> {
                if (!purse.total().equals(Total.NONE)) {
                    totals.put(account, purse.total());
                }
            });
            return Map.copyOf(totals);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void note(Spending spending) {
        clerk.begin();
        lock.lock();
        try {
            add(spending);
            changed.add(spending.of());
        } finally {
            lock.unlock();
        }
    }

    private void add(Spending spending) {
        lines.merge(spending.of(), spending, Spending::plus);
        if (lines.size() > Store.MOST_LINES) {
            firstDay()
                    .ifPresent(oldest -> lines.keySet().removeIf(of -> of.day().equals(oldest)));
            changed.retainAll(lines.keySet());
        }
    }

    private Optional<String> firstDay() {
        return lines.keySet().stream().map(Spending.Of::day).min(Comparator.naturalOrder());
    }

    @Override
    public List<Spending> spendings() {
        clerk.begin();
        lock.lock();
        try {
            return lines.values().stream()
                    .sorted(Comparator.comparing(line -> line.of().day()))
                    .toList();
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
            charged.forEach((account, amount) -> purse(account).found(amount));
            written.forEach(this::add);
            open = true;
            trouble = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** It cannot be used, or not just now. */
    void inTrouble(String why, boolean stillOpen) {
        lock.lock();
        try {
            trouble = Optional.of(why);
            open = stillOpen;
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
            Map<Account, Long> charged = new HashMap<>();
            purses.forEach((account, purse) -> {
                long next = purse.next();
                if (next != purse.covered()) {
                    purse.lower(next);
                    charged.put(account, next);
                }
            });
            return new Page(charged, takeChanged());
        } finally {
            lock.unlock();
        }
    }

    /** What the file is to know in the end: what is used, and nothing beyond. */
    Page last() {
        lock.lock();
        try {
            Map<Account, Long> charged = new HashMap<>();
            purses.forEach(
                    (account, purse) -> charged.put(account, purse.total().used()));
            return new Page(charged, takeChanged());
        } finally {
            lock.unlock();
        }
    }

    private List<Spending> takeChanged() {
        List<Spending> taken =
                changed.stream().flatMap(of -> Stream.ofNullable(lines.get(of))).toList();
        changed.clear();
        return taken;
    }

    /** The file knows it; whether somebody waits for that. */
    boolean written(Page page) {
        lock.lock();
        try {
            page.charged().forEach((account, amount) -> purse(account).covered(amount));
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
            page.charged().keySet().forEach(account -> purse(account).uncovered());
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
            purses.keySet().removeIf(account -> account.span().overAt(over));
            lines.keySet().removeIf(of -> of.day().compareTo(firstDay) < 0);
            changed.retainAll(lines.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** The oldest day of which there is something. */
    String firstLine() {
        lock.lock();
        try {
            return firstDay().orElse("");
        } finally {
            lock.unlock();
        }
    }
}
