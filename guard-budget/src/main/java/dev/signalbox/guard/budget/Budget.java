package dev.signalbox.guard.budget;

import dev.signalbox.guard.budget.Party.Role;
import dev.signalbox.spi.Account;
import dev.signalbox.spi.Account.Unit;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Period;
import java.util.List;
import java.util.Optional;

/**
 * A limit on what may be spent. Each target, backend, profile or caller that its pattern fits has one of its own.
 *
 * @param of whose it is
 * @param name which of them
 * @param unit what is limited
 * @param limit how much, in millionths of money, or tokens
 * @param period when it begins anew
 * @param alerts at which shares of it that is told, each once; the smallest first
 */
record Budget(Role of, Glob name, Unit unit, long limit, Period period, List<Double> alerts) {

    Budget {
        alerts = alerts.stream().sorted().toList();
    }

    /** The same by the name that a server gives its target. */
    Budget as(Listed listed) {
        return of == Role.TARGET && !name.wild()
                ? new Budget(of, new Glob(listed.nameOf(name.text())), unit, limit, period, alerts)
                : this;
    }

    boolean fits(Party party) {
        String asked = party.as(of);
        return of == Role.TOTAL || (!asked.isEmpty() && name.matches(asked));
    }

    /** The account of somebody it fits, on that day. */
    Account account(Party party, Spans.Page today) {
        return new Account(accountOf(party.as(of)), unit, today.of(period));
    }

    private String accountOf(String whose) {
        return of == Role.TOTAL ? of.id() : of.id() + " " + whose;
    }

    /** What its only account is called; empty if it may have several. */
    Optional<String> onlyName() {
        return of != Role.TOTAL && name.wild() ? Optional.empty() : Optional.of(accountOf(name.text()));
    }

    /** Whether an account is of it. */
    boolean has(Account account) {
        String own = account.name();
        boolean his = of == Role.TOTAL
                ? own.equals(of.id())
                : own.startsWith(of.id() + " ")
                        && name.matches(own.substring(of.id().length() + 1));
        return his && account.unit() == unit && account.span().of(period);
    }

    /** An amount in words. */
    String words(long amount, String currency) {
        return switch (unit) {
            case MONEY -> Money.digits(Money.of(amount)) + " " + currency;
            case TOKENS -> amount + " tokens";
        };
    }
}
