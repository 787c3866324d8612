package com.example.shouting;

import dev.signalbox.spi.Comparison;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.SpiLevel;
import java.util.Locale;

/** Makes {@code shouting}: how many of the letters of the user's last message are capitals, 0 to 1. */
public final class ShoutingFactory implements MatcherFactory {

    /** What stands behind the matcher's name in a rule; the router checks it, with line and nearest right word. */
    static final Option<Comparison> SHARE = Option.comparison("shouting", 0, 1)
            .doc("How many of the letters of the user's last message are capitals, such as `>= 0.6`.");

    @Override
    public String type() {
        return "shouting";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT; // the compiler puts the number here, so an engine that is too new can tell
    }

    @Override
    public Option<Comparison> argument() {
        return SHARE;
    }

    @Override
    public Matcher create(PluginConfig config, PluginContext context) {
        return new Shouting(config.get(SHARE));
    }

    /** A pure question: no I/O, no memory, the same answer every time. */
    private record Shouting(Comparison wanted) implements Matcher {

        @Override
        public boolean matches(RequestView request) {
            return wanted.holds(share(request.lastUserText()));
        }

        /** What an explanation of a decision shows. */
        @Override
        public String seen(RequestView request) {
            return String.format(Locale.ROOT, "%.2f", share(request.lastUserText()));
        }

        private static double share(String text) {
            long letters = text.codePoints().filter(Character::isLetter).count();
            long capitals = text.codePoints().filter(Character::isUpperCase).count();
            return letters == 0 ? 0 : (double) capitals / letters;
        }
    }
}
