package dev.signalbox.spi;

import java.util.Locale;

/**
 * What a ledger adds up under.
 *
 * @param name whose account it is: any words
 * @param unit what its amounts are
 * @param span the time it is for; for another one there is another account
 */
public record Account(String name, Unit unit, Period.Span span) {

    /** What amounts are. */
    public enum Unit {
        /** Millionths of whatever money prices are in. */
        MONEY,
        /** Tokens. */
        TOKENS;

        /** The name in files and reports. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of the name and the span, which remember theirs: accounts are looked up many times for each request. */
    @Override
    public int hashCode() {
        return 31 * name.hashCode() + span.hashCode();
    }

    @Override
    public String toString() {
        return "%s, %s, %s".formatted(name, unit.id(), span);
    }
}
