package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;

/** {@code model-pattern}: whether the name in {@code model}, all of it, fits a regular expression. */
public final class ModelPatternFactory extends StandardFactory<Expression> {

    private static final String WORDS = "a regular expression such as claude-.*";

    private static final Option<Expression> ARGUMENT = Option.parsed(
                    "model-pattern", WORDS, ModelPatternFactory::expression)
            .doc("Whether all of the name in `model` fits a regular expression, such as `claude-.*`. A request without"
                    + " a name fits none.");

    /** Stateless. */
    public ModelPatternFactory() {
        super(ARGUMENT);
    }

    /** {@code claude-*} is an expression too, and means something nobody wants. */
    private static Expression expression(String text) {
        int last = text.length() - 2;
        if (text.endsWith("*")
                && last >= 0
                && (Character.isLetterOrDigit(text.charAt(last)) || isMark(text.charAt(last)))) {
            String meant = text.substring(0, last + 1) + ".*";
            throw new IllegalArgumentException(
                    "its * repeats the character before it. Did you mean \"%s\"?".formatted(meant));
        }
        return Expression.of(text);
    }

    private static boolean isMark(char c) {
        return c == '-' || c == ':' || c == '/' || c == '_';
    }

    @Override
    Matcher matcher(Expression value, PluginContext context) {
        return new Fits(value);
    }

    private record Fits(Expression wanted) implements Matcher {

        @Override
        public boolean matches(RequestView request) {
            return !request.model().isEmpty() && wanted.fits(request.model());
        }

        @Override
        public String seen(RequestView request) {
            return request.model();
        }
    }
}
