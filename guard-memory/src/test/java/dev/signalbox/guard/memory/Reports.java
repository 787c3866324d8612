package dev.signalbox.guard.memory;

import java.util.List;
import java.util.Map;

/** What operators are shown. */
final class Reports {

    private Reports() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> of(Residents residents) {
        return (Map<String, Object>)
                residents.context().report("memory").orElseThrow().content().get();
    }

    /** Of the one machine. */
    static Map<String, Object> onlyHost(Residents residents) {
        return list(of(residents), "hosts").getFirst();
    }

    /** What is in the memory of the one machine. */
    static List<Map<String, Object>> residents(Residents residents) {
        return list(onlyHost(residents), "residents");
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> of, String name) {
        return (List<Map<String, Object>>) of.get(name);
    }
}
