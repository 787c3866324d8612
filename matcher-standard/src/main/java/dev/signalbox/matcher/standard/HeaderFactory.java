package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code header}: whether the client sent these headers with such values. */
public final class HeaderFactory extends StandardFactory<Map<String, List<Glob>>> {

    private static final Option<Map<String, List<Glob>>> ARGUMENT = Option.mapOf(
                    "header",
                    Option.listOf("value", Option.pattern("value").doc("A header's value."))
                            .doc("The values, one of which it has to have; `*` is any."))
            .doc("Headers that all have to be there with such a value: `{ x-team: legal }`. `*` takes any value.");

    /** Stateless. */
    public HeaderFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(Map<String, List<Glob>> value, PluginContext context) {
        return new Sent(value);
    }

    @Override
    boolean covers(Map<String, List<Glob>> wide, Map<String, List<Glob>> narrow) {
        return wide.entrySet().stream().allMatch(each -> {
            List<Glob> said = valuesOf(narrow, each.getKey());
            return !said.isEmpty() && Names.cover(each.getValue(), said);
        });
    }

    /** The values wanted of a header, whose name compares without case. */
    private static List<Glob> valuesOf(Map<String, List<Glob>> headers, String name) {
        return headers.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(name))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseGet(List::of);
    }

    @Override
    Optional<Boolean> settled(Map<String, List<Glob>> value) {
        boolean never = value.values().stream().anyMatch(List::isEmpty);
        return never || value.isEmpty() ? Optional.of(!never) : Optional.empty();
    }

    private record Sent(Map<String, List<Glob>> wanted) implements Matcher {

        @Override
        public boolean matches(RequestView request) {
            return wanted.keySet().stream()
                    .allMatch(name -> state(request, name).equals("fits"));
        }

        /** Whether each fits, never its value: headers hold credentials. */
        @Override
        public String seen(RequestView request) {
            return wanted.keySet().stream()
                    .sorted()
                    .map(name -> name + " " + state(request, name))
                    .collect(Collectors.joining(", "));
        }

        private String state(RequestView request, String name) {
            List<String> values = request.headers().all(name);
            if (values.isEmpty()) {
                return "is not there";
            }
            List<Glob> globs = wanted.getOrDefault(name, List.of());
            boolean fits =
                    values.stream().anyMatch(sent -> globs.stream().anyMatch(glob -> glob.matches(sent.strip())));
            return fits ? "fits" : "is something else";
        }
    }
}
