package dev.signalbox.guard.budget;

import dev.signalbox.guard.budget.Party.Role;
import dev.signalbox.spi.Account.Unit;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.Period;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What may be said of prices and budgets. */
final class BudgetOptions {

    private static final BigDecimal HIGHEST_PRICE = new BigDecimal("1000000");
    private static final int DIGITS_OF_A_PRICE = 9;
    private static final BigDecimal MOST_MONEY = new BigDecimal("1000000000");
    private static final int DIGITS_OF_MONEY = 6;

    private static final Option<Action> ANY_ACTION = Option.choice("action", Action.class)
            .doc("What is done with a target where a budget would be gone over: nothing, a note in trace and log, it is"
                    + " not tried. What is spent is counted in any case.");
    private static final Option<Boolean> ANY_ALLOW_PAID =
            Option.flag("allow-paid").doc("Whether targets whose price says `paid: true` may be asked.");

    static final Option<Action> ACTION = ANY_ACTION.orElse(Action.EXCLUDE);
    static final Option<Boolean> ALLOW_PAID = ANY_ALLOW_PAID.orElse(false);

    /** In a profile; what is not said there is as it is for all. */
    static final Option<Optional<Action>> PROFILE_ACTION = ANY_ACTION.optional();

    static final Option<Optional<Boolean>> PROFILE_ALLOW_PAID = ANY_ALLOW_PAID.optional();

    static final Option<BigDecimal> INPUT =
            price("input").doc("What a million tokens of prompts cost.").orElse(BigDecimal.ZERO);
    static final Option<BigDecimal> OUTPUT =
            price("output").doc("What a million tokens of answers cost.").orElse(BigDecimal.ZERO);
    static final Option<Optional<BigDecimal>> CACHED_READ = price("cached-read")
            .doc("What a million tokens of prompts cost that are read from a cache; a tenth of `input` if left out.")
            .optional();
    static final Option<Optional<BigDecimal>> CACHE_WRITE = price("cache-write")
            .doc(
                    "What a million tokens of prompts cost that are written to a cache; a quarter more than `input` if left"
                            + " out.")
            .optional();
    static final Option<Boolean> PAID = Option.flag("paid")
            .doc("Whether it is for those profiles only that say `allow-paid`.")
            .orElse(false);

    static final Option<Map<String, PluginConfig>> PRICES = Option.mapOf(
                    "prices", Option.group("price", List.of(INPUT, OUTPUT, CACHED_READ, CACHE_WRITE, PAID)))
            .doc(
                    "What targets cost, by name or pattern: `{ \"openai/*\": { input: 3, output: 15 } }`. A name comes before"
                            + " patterns, of which the first that fits counts; what none fits costs nothing.")
            .orElse(Map.of());

    static final Option<Optional<Glob>> TARGET = whose("target", "Each target that fits has this budget.");
    static final Option<Optional<Glob>> BACKEND = whose("backend", "Each backend that fits has this budget.");
    static final Option<Optional<Glob>> PROFILE = whose("profile", "Each profile that fits has this budget.");
    static final Option<Optional<Glob>> CALLER = Option.caller("caller")
            .doc("Each caller that fits has this budget.")
            .optional();
    static final Option<Optional<BigDecimal>> MONEY = Option.parsed(
                    "money",
                    "an amount of money such as 20 or 0.5, at most " + MOST_MONEY + " with 6 digits",
                    text -> decimal(text, MOST_MONEY, DIGITS_OF_MONEY))
            .doc("How much money may be spent.")
            .optional();
    static final Option<Optional<Long>> TOKENS = Option.integer("tokens", 0, 1L << 50)
            .doc("How many tokens may be used, of prompts and answers together.")
            .optional();
    static final Option<Period> PER = Option.choice("per", Period.class)
            .doc("When it begins anew, by the calendar of `zone`.")
            .orElse(Period.MONTH);
    static final Option<List<Double>> ALERTS = Option.listOf("alerts", Option.decimal("share", 0.01, 10))
            .doc("At which shares of it that is told, as an event and in the log.")
            .orElse(List.of(0.8, 1.0));

    static final Option<List<PluginConfig>> BUDGETS = Option.listOf(
                    "budgets",
                    Option.group("budget", List.of(TARGET, BACKEND, PROFILE, CALLER, MONEY, TOKENS, PER, ALERTS)))
            .doc(
                    "What may be spent: `{ caller: \"*\", money: 5, per: day }`. One that says neither `target` nor `backend`,"
                            + " `profile` or `caller` is for all together. All that fit count; where two differ in nothing but how"
                            + " much, the first does.")
            .orElse(List.of());

    static final Option<ZoneId> ZONE = Option.parsed(
                    "zone", "a time zone such as UTC or Europe/Berlin", BudgetOptions::zone)
            .doc("Where days and months begin.")
            .orElse(ZoneId.of("UTC"));
    static final Option<String> CURRENCY = Option.text("currency")
            .doc("What money is called in messages and reports; nothing is converted.")
            .orElse("USD");
    static final Option<Long> ANSWER_TOKENS = Option.integer("answer-tokens", 0, 10_000_000)
            .doc("How many tokens an answer is expected to have at most where the request does not limit them.")
            .orElse(4_096L);

    static final List<Option<?>> GENERAL = List.of(ACTION, ALLOW_PAID, PRICES, BUDGETS, ZONE, CURRENCY, ANSWER_TOKENS);
    static final List<Option<?>> IN_PROFILES = List.of(PROFILE_ACTION, PROFILE_ALLOW_PAID);

    private BudgetOptions() {}

    private static Option<BigDecimal> price(String name) {
        return Option.parsed(
                name,
                "a price such as 3 or 0.15, at most " + HIGHEST_PRICE + " with 9 digits",
                text -> decimal(text, HIGHEST_PRICE, DIGITS_OF_A_PRICE));
    }

    private static Option<Optional<Glob>> whose(String name, String doc) {
        return Option.pattern(name).doc(doc).optional();
    }

    private static BigDecimal decimal(String text, BigDecimal most, int digits) {
        if (!text.matches("\\d{1,10}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException("digits with a point, without a sign or an exponent, are");
        }
        BigDecimal value = new BigDecimal(text);
        if (value.compareTo(most) > 0 || value.stripTrailingZeros().scale() > digits) {
            throw new IllegalArgumentException("it is too large or too fine");
        }
        return value;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("no such zone is known", unknown);
        }
    }

    static Price price(PluginConfig config) {
        BigDecimal input = config.get(INPUT);
        return new Price(
                input,
                config.get(OUTPUT),
                config.get(CACHED_READ).orElseGet(() -> Price.readOf(input)),
                config.get(CACHE_WRITE).orElseGet(() -> Price.writeOf(input)),
                config.get(PAID));
    }

    /**
     * The budgets in their order.
     *
     * @throws ConfigurationException if one is of two things, or limits none or two
     */
    static List<Budget> budgets(PluginConfig general) {
        Problems problems = new Problems();
        List<Budget> budgets = budgets(general, problems);
        problems.throwIfAny();
        return budgets;
    }

    /** Those that are right; notes what is wrong with the others. */
    static List<Budget> budgets(PluginConfig general, Problems problems) {
        List<Budget> budgets = new ArrayList<>();
        general.get(BUDGETS).forEach(each -> budget(each, problems).ifPresent(budgets::add));
        return budgets;
    }

    private static Optional<Budget> budget(PluginConfig config, Problems problems) {
        long whose =
                Stream.of(TARGET, BACKEND, PROFILE, CALLER).filter(config::has).count();
        if (whose > 1) {
            problems.add(
                    config.where(),
                    "a budget is for one of `target`, `backend`, `profile` and `caller`, or for all if it says none");
        }
        Optional<BigDecimal> money = config.get(MONEY);
        Optional<Long> tokens = config.get(TOKENS);
        if (money.isPresent() == tokens.isPresent()) {
            problems.add(config.where(), "a budget says either `money` or `tokens`");
            return Optional.empty();
        }
        Role role = role(config);
        return Optional.of(new Budget(
                role,
                name(config, role),
                money.isPresent() ? Unit.MONEY : Unit.TOKENS,
                money.map(Money::millionths).or(() -> tokens).orElse(0L),
                config.get(PER),
                config.get(ALERTS)));
    }

    private static Role role(PluginConfig config) {
        return config.has(TARGET)
                ? Role.TARGET
                : config.has(BACKEND)
                        ? Role.BACKEND
                        : config.has(PROFILE) ? Role.PROFILE : config.has(CALLER) ? Role.CALLER : Role.TOTAL;
    }

    private static Glob name(PluginConfig config, Role role) {
        Optional<Glob> name = switch (role) {
            case TARGET -> config.get(TARGET);
            case BACKEND -> config.get(BACKEND);
            case PROFILE -> config.get(PROFILE);
            case CALLER -> config.get(CALLER);
            case TOTAL -> Optional.empty();
        };
        return name.orElse(new Glob("*"));
    }
}
