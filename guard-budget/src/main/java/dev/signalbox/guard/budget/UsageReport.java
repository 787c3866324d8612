package dev.signalbox.guard.budget;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Ledger.Total;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.Spending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What was used, for operators. */
record UsageReport(Supplier<Ledger> ledger, Budgets budgets, Words words) {

    Report report() {
        return new Report(
                "usage",
                "What answers took, by target, profile, caller and day, and how budgets stand.",
                this::content);
    }

    private Object content() {
        List<Spending> lines = ledger.get().spendings();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("currency", words.currency());
        content.put("zone", budgets.spans().zone().getId());
        ledger.get().trouble().ifPresent(what -> content.put("trouble", what));
        content.put("budgets", accounts());
        content.put("targets", sums(lines, "target", of -> of.target().toString()));
        content.put("profiles", sums(lines, "profile", Spending.Of::profile));
        content.put("callers", sums(lines, "caller", Spending.Of::caller));
        content.put("days", sums(lines, "day", Spending.Of::day));
        return content;
    }

    private static List<Object> sums(List<Spending> lines, String what, Function<Spending.Of, String> by) {
        Map<String, Spending> sums = new TreeMap<>();
        lines.forEach(line -> sums.merge(by.apply(line.of()), line, Spending::plus));
        List<Object> rows = new ArrayList<>();
        sums.forEach((name, sum) -> rows.add(row(what, name, sum)));
        return rows;
    }

    private static Map<String, Object> row(String what, String name, Spending sum) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(what, name);
        row.put("answers", sum.sources().all());
        row.put("reported", sum.sources().reported());
        row.put("counted", sum.sources().counted());
        row.put("estimated", sum.sources().estimated());
        row.put("input_tokens", sum.input());
        row.put("output_tokens", sum.output());
        row.put("cache_read_tokens", sum.cacheRead());
        row.put("cache_write_tokens", sum.cacheWrite());
        row.put("cost", Money.digits(sum.cost()));
        row.put("saved", Money.digits(sum.saved()));
        return row;
    }

    private List<Object> accounts() {
        return ledger.get().totals().entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().toString()))
                .<Object>map(each -> row(each.getKey(), each.getValue()))
                .toList();
    }

    private Map<String, Object> row(Account account, Total total) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("budget", account.name());
        row.put("for", account.span().name());
        row.put("unit", account.unit().id());
        row.put("spent", shown(account, total.spent()));
        row.put("set_aside", shown(account, total.reserved()));
        budgets.of(account).ifPresent(budget -> row.put("limit", shown(account, budget.limit())));
        return row;
    }

    private static Object shown(Account account, long amount) {
        return account.unit() == Account.Unit.MONEY ? Money.digits(Money.of(amount)) : amount;
    }
}
