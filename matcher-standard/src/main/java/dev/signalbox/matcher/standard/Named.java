package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.RequestView;
import java.util.List;
import java.util.function.Function;

/** Whether one of some names fits one of some patterns. */
record Named(List<Glob> wanted, Function<RequestView, List<String>> names) implements Matcher {

    private static final int MOST_SHOWN = 5;

    Named {
        wanted = List.copyOf(wanted);
    }

    @Override
    public boolean matches(RequestView request) {
        return names.apply(request).stream().anyMatch(this::fits);
    }

    private boolean fits(String name) {
        return wanted.stream().anyMatch(glob -> glob.matches(name));
    }

    /** The names, those that fit first. */
    @Override
    public String seen(RequestView request) {
        List<String> all = names.apply(request);
        List<String> shown = all.stream()
                .sorted((a, b) -> Boolean.compare(fits(b), fits(a)))
                .limit(MOST_SHOWN)
                .toList();
        int more = all.size() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " and %d more".formatted(more) : "");
    }
}
