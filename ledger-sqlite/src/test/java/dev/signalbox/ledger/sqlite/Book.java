package dev.signalbox.ledger.sqlite;

import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Ledger.Answer;
import dev.signalbox.spi.Ledger.Claim;
import dev.signalbox.spi.Ledger.Total;
import dev.signalbox.spi.Period;
import dev.signalbox.spi.Spending;
import dev.signalbox.testkit.TestContext;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** A ledger and a clock turned by hand, for one life of a process. */
final class Book implements AutoCloseable {

    static final Duration MOMENT = Duration.ofMillis(100);

    private final TestContext context = TestContext.named("sqlite");
    private final SqliteLedger ledger;

    Book(Path file) {
        this(file, Duration.ofDays(400), MOMENT);
    }

    Book(Path file, Duration keep, Duration often) {
        this.ledger = new SqliteLedger(file, keep, often, context);
    }

    static Account account(String name) {
        return new Account(name, Account.Unit.TOKENS, Period.EVER.spanAt(java.time.Instant.EPOCH, ZoneOffset.UTC));
    }

    TestContext context() {
        return context;
    }

    Ledger ledger() {
        return ledger;
    }

    /** What the clerk does in a moment. */
    Book pass() {
        context.hands().advance(MOMENT);
        return this;
    }

    Book pass(Duration time) {
        context.hands().advance(time);
        return this;
    }

    Book opened() {
        ledger.totals();
        return pass();
    }

    Answer asks(String name, long amount, long limit) {
        return ledger.reserve(List.of(new Claim(account(name), amount, limit)));
    }

    /** Asked until it is given or refused. */
    Answer waits(String name, long amount, long limit) {
        Answer answer = asks(name, amount, limit);
        for (int i = 0; i < 100 && answer instanceof Answer.Later; i++) {
            answer = pass().asks(name, amount, limit);
        }
        return answer;
    }

    void spends(String name, long amount, long limit) {
        if (!(waits(name, amount, limit) instanceof Answer.Taken)) {
            throw new AssertionError(name + " could not reserve " + amount);
        }
        ledger.settle(account(name), amount, amount);
    }

    Total total(String name) {
        return ledger.total(account(name));
    }

    void notes(String day, String model) {
        Spending.Of of = new Spending.Of(day, new Target("gpu", model), "coding", "alice");
        ledger.note(Spending.of(of, Usage.reported(10, 5), new BigDecimal("0.000000015"), BigDecimal.ZERO));
    }

    @Override
    public void close() {
        ledger.close();
    }
}
