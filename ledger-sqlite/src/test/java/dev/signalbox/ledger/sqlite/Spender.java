package dev.signalbox.ledger.sqlite;

import dev.signalbox.spi.Ledger.Answer;
import java.nio.file.Path;
import java.util.Random;

/** A process that spends as fast as it can and says how much, until it is killed. */
final class Spender {

    /** Without a limit a block is a million. */
    static final long BLOCK = 1_000_000;

    static final int MOST = 4_000;

    private Spender() {}

    public static void main(String[] arguments) {
        Random random = new Random(Long.parseLong(arguments[1]));
        try (Book book = new Book(Path.of(arguments[0]))) {
            Thread clerk = new Thread(() -> {
                while (true) {
                    book.pass(); // writes while the other one spends
                }
            });
            clerk.setDaemon(true);
            clerk.start();
            book.opened();
            while (true) {
                long amount = 1 + random.nextInt(MOST);
                if (book.asks("alice", amount, Long.MAX_VALUE) instanceof Answer.Taken) {
                    book.ledger().settle(Book.account("alice"), amount, 1 + random.nextInt((int) amount));
                    book.notes("2026-01-01", "m" + amount % 7);
                    System.out.println("spent " + book.total("alice").spent());
                }
            }
        }
    }
}
