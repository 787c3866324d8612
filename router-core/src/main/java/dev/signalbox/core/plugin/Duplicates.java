package dev.signalbox.core.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Types that more than one plugin brings: nobody can say which was meant, so none can be used. */
public final class Duplicates {

    private record Key(Role role, String type) {}

    private Duplicates() {}

    /** The same findings, each type once; what is there twice is broken. One class found twice is one plugin. */
    public static List<Finding> marked(List<Finding> findings) {
        Map<Key, Map<Class<?>, Finding.Usable>> byType = new LinkedHashMap<>();
        List<Finding> marked = new ArrayList<>();
        for (Finding finding : findings) {
            switch (finding) {
                case Finding.Usable usable ->
                    byType.computeIfAbsent(new Key(usable.role(), usable.type()), key -> new LinkedHashMap<>())
                            .putIfAbsent(usable.factory().getClass(), usable);
                case Finding.Broken broken -> marked.add(broken);
                case Finding.Unreadable unreadable -> marked.add(unreadable);
            }
        }
        byType.values().forEach(same -> marked.add(one(List.copyOf(same.values()))));
        return marked.stream().distinct().toList();
    }

    private static Finding one(List<Finding.Usable> same) {
        Finding.Usable first = same.getFirst();
        if (same.size() == 1) {
            return first;
        }
        String both = same.stream().map(Duplicates::place).collect(Collectors.joining(" and "));
        String cause = "%s \"%s\" is in %s; keep one".formatted(first.role().noun(), first.type(), both);
        return new Finding.Broken(first.role(), Optional.of(first.type()), "", "", cause);
    }

    private static String place(Finding.Usable usable) {
        String provider = usable.factory().getClass().getName();
        return usable.jar().isEmpty() ? provider : usable.jar() + " (" + provider + ")";
    }
}
