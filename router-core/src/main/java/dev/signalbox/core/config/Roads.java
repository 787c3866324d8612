package dev.signalbox.core.config;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The other profiles that a profile goes on in for some reasons: no way along them leads back. */
final class Roads {

    private Roads() {}

    /** What {@code on:} says; what is no kind of failure that may fall back is noted. */
    static Map<FailureKind, String> read(Map<String, String> said, Where where, Problems problems) {
        Map<FailureKind, String> roads = new EnumMap<>(FailureKind.class);
        List<String> known = Arrays.stream(FailureKind.values())
                .filter(FailureKind::mayFallBack)
                .map(FailureKind::id)
                .toList();
        said.forEach((kind, profile) -> Arrays.stream(FailureKind.values())
                .filter(each -> each.mayFallBack() && each.id().equals(kind))
                .findFirst()
                .ifPresentOrElse(
                        each -> roads.put(each, Reading.key(profile)),
                        () -> problems.add(
                                where.child(kind),
                                "\"%s\" is not a kind of failure to go on after. %s"
                                        .formatted(kind, Near.hint(kind, known)))));
        return roads;
    }

    /** Notes every way that code has said and that leads nowhere; what is written is looked at where it is written. */
    static void check(Profile byCode, Set<String> known, Problems problems) {
        Where where = Where.code("profiles.%s.on".formatted(byCode.name()));
        byCode.on().values().stream()
                .filter(next -> !known.contains(next))
                .forEach(next -> problems.unknown(where, "a profile", next, known));
    }

    /** Notes every way that comes back to where it began. */
    static void check(Map<String, Profile> profiles, Problems problems) {
        profiles.keySet()
                .forEach(name -> circle(profiles, List.of(name))
                        .filter(way ->
                                way.stream().min(String::compareTo).equals(Optional.of(name))) // once for each circle
                        .ifPresent(way -> problems.add(
                                Where.code("profiles.%s.on".formatted(name)),
                                "leads back to itself: %s. Take one step out".formatted(String.join(" -> ", way)))));
    }

    private static Optional<List<String>> circle(Map<String, Profile> profiles, List<String> way) {
        Profile last = profiles.get(way.getLast());
        if (last == null) {
            return Optional.empty();
        }
        for (String next : last.on().values()) {
            List<String> further = new ArrayList<>(way);
            further.add(next);
            if (next.equals(way.getFirst())) {
                return Optional.of(further);
            }
            if (!way.contains(next)) {
                Optional<List<String>> found = circle(profiles, further);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
