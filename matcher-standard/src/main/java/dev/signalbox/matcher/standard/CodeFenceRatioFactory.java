package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Comparison;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.util.Locale;
import java.util.Optional;

/** {@code code-fence-ratio}: how much of a text stands between fences of three backticks, 0 to 1. */
public final class CodeFenceRatioFactory extends StandardFactory<PluginConfig> {

    private static final Option<Comparison> IS =
            Option.comparison("is", 0, 1).doc("The share of characters between fences, the fences included.");

    private static final Option<PluginConfig> ARGUMENT = Option.groupOrFirst("code-fence-ratio", IS, Scope.OPTION)
            .doc("How much of the text stands in code blocks, 0 to 1, such as `>= 0.3`.");

    /** Stateless. */
    public CodeFenceRatioFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(PluginConfig value, PluginContext context) {
        return new Ratio(value.get(IS), value.get(Scope.OPTION));
    }

    @Override
    boolean covers(PluginConfig wide, PluginConfig narrow) {
        return Scope.same(wide, narrow) && wide.get(IS).covers(narrow.get(IS));
    }

    @Override
    Optional<PluginConfig> complement(PluginConfig value) {
        return value.get(IS).opposite().map(other -> value.with(IS, other));
    }

    @Override
    Optional<Boolean> settled(PluginConfig value) {
        return Amount.constant(value.get(IS));
    }

    private record Ratio(Comparison wanted, Scope scope) implements Matcher {

        @Override
        public boolean matches(RequestView request) {
            return find(request).holds();
        }

        @Override
        public String seen(RequestView request) {
            return find(request).seen();
        }

        @Override
        public Finding find(RequestView request) {
            double ratio = Fences.ratio(scope.text(request));
            return new Finding(wanted.holds(ratio), String.format(Locale.ROOT, "%.2f", ratio));
        }
    }
}
