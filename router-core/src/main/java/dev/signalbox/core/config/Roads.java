package dev.signalbox.core.config;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Notes every way that comes back to where it began. */
    static void check(Map<String, Profile> profiles, Places places, Problems problems) {
        profiles.keySet()
                .forEach(name -> circle(profiles, name)
                        .filter(way ->
                                way.stream().min(String::compareTo).equals(Optional.of(name))) // once for each circle
                        .ifPresent(way -> problems.add(
                                places.of("profiles", name, ProfileOptions.ON.name()),
                                "leads back to itself: %s. Take one step out".formatted(String.join(" -> ", way)))));
    }

    /** The shortest way that leads back to a profile. */
    private static Optional<List<String>> circle(Map<String, Profile> profiles, String start) {
        Map<String, List<String>> ways = new HashMap<>(Map.of(start, List.of(start))); // of each profile reached
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String last = open.remove();
            for (String next : roads(profiles, last)) {
                List<String> way = new ArrayList<>(requireNonNull(ways.get(last)));
                way.add(next);
                if (next.equals(start)) {
                    return Optional.of(way);
                }
                if (ways.putIfAbsent(next, way) == null) {
                    open.add(next);
                }
            }
        }
        return Optional.empty();
    }

    private static Collection<String> roads(Map<String, Profile> profiles, String name) {
        Profile profile = profiles.get(name);
        return profile == null ? List.of() : profile.on().values();
    }
}
