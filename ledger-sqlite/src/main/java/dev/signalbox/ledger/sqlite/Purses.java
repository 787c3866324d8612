package dev.signalbox.ledger.sqlite;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger.Claim;
import dev.signalbox.spi.Ledger.Total;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All accounts in memory. Any thread may ask for totals; everything else is guarded by the ledger's lock. */
final class Purses {

    static final int MOST = 20_000;

    private final ConcurrentHashMap<Account, Purse> purses = new ConcurrentHashMap<>();
    private final Set<Account> moved = new HashSet<>(); // since the clerk looked last

    Total total(Account account) {
        Purse purse = purses.get(account);
        return purse == null ? Total.NONE : purse.total();
    }

    /** Of all that were ever used. */
    Map<Account, Total> totals() {
        Map<Account, Total> totals = new HashMap<>();
        purses.forEach((account, purse) -> {
            Total total = purse.total();
            if (!total.equals(Total.NONE)) {
                totals.put(account, total);
            }
        });
        return Map.copyOf(totals);
    }

    int count() {
        return purses.size();
    }

    boolean hasRoomFor(Account account) {
        return purses.size() < MOST || purses.containsKey(account);
    }

    boolean haveRoomFor(List<Claim> claims) {
        return purses.size() + claims.size() <= MOST
                || purses.size()
                                + claims.stream()
                                        .filter(claim -> !purses.containsKey(claim.account()))
                                        .count()
                        <= MOST;
    }

    /** One that is going to move. */
    Purse moving(Account account) {
        Purse known = purses.get(account);
        Purse purse = known != null ? known : purses.computeIfAbsent(account, absent -> new Purse());
        if (purse.movesFirst()) {
            moved.add(account);
        }
        return purse;
    }

    /** What an earlier process has left. */
    void found(Map<Account, Long> charged) {
        charged.forEach((account, amount) -> moving(account).found(amount));
    }

    /** Whether any of them may stand otherwise than in the file. */
    boolean haveMoved() {
        return !moved.isEmpty();
    }

    /** What the file is to count from now on, where that changes. */
    Map<Account, Long> next() {
        Map<Account, Long> charged = new HashMap<>();
        for (Account account : moved) {
            Purse purse = purses.get(account);
            if (purse != null) {
                purse.seen();
                long before = purse.covered();
                long next = purse.next();
                if (next != before) {
                    purse.lower(next);
                    charged.put(account, next);
                }
            }
        }
        moved.clear();
        return charged;
    }

    /** What is used, and nothing beyond. */
    Map<Account, Long> last() {
        Map<Account, Long> charged = new HashMap<>();
        purses.forEach((account, purse) -> charged.put(account, purse.total().used()));
        return charged;
    }

    /** The file counts so much. */
    void covered(Map<Account, Long> charged) {
        charged.forEach((account, amount) -> {
            Purse purse = purses.get(account);
            if (purse != null) {
                purse.covered(amount);
            }
        });
    }

    /** The file does not: it is to be tried again. */
    void uncovered(Map<Account, Long> charged) {
        charged.keySet().stream().filter(purses::containsKey).forEach(this::moving);
    }

    /** Forgets what was over by then. */
    void forget(Instant over) {
        purses.keySet().removeIf(account -> account.span().overAt(over));
    }
}
