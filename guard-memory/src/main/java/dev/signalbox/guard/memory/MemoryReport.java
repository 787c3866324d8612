package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Report;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What operators are shown: machines, what is in their memory, what comes and goes, and what cools down. */
record MemoryReport(Pressure pressure, Residency residency, Duration cooldown) {

    Report report() {
        return new Report("memory", "Memory of machines, what is loaded there, and what ran out of it.", this::content);
    }

    private Object content() {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, HostView> views = new HashMap<>();
        residency.context().hosts().forEach(view -> views.put(view.name(), view));
        all.put(
                "hosts",
                residency.locked(() -> residency.counted().stream()
                        .map(books -> host(books, Optional.ofNullable(views.get(books.host()))))
                        .toList()));
        all.put(
                "not_counted",
                residency.uncounted().entrySet().stream()
                        .map(MemoryReport::uncounted)
                        .toList());
        all.put(
                "cool_downs",
                pressure.all(cooldown).stream().map(MemoryReport::cooling).toList());
        return all;
    }

    private static Object uncounted(Map.Entry<String, String> other) {
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("host", other.getKey());
        host.put("why", other.getValue());
        return host;
    }

    private Object host(Books books, Optional<HostView> view) {
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("host", books.host());
        OptionalLong capacity = books.room().capacity();
        capacity.ifPresent(bytes -> host.put("capacity_bytes", bytes));
        books.free().ifPresent(bytes -> host.put("free_bytes", bytes));
        host.put("capacity_source", books.room().source());
        host.put("reserve_bytes", books.room().reserve());
        host.put("counted", capacity.isPresent());
        host.put("loads", books.turnover().loads());
        host.put("unloads", books.turnover().unloads());
        books.work().ifPresent(work -> host.put("now", work.what()));
        host.put("waiting", waiting(books, view));
        host.put("residents", residents(books));
        return host;
    }

    private static Object residents(Books books) {
        SortedMap<String, Object> residents = new TreeMap<>();
        books.holdings()
                .forEach((target, holding) -> residents.put(target.toString(), resident(books, target, holding)));
        books.unseenOffers()
                .forEach(offer -> residents.put(offer.target().toString(), resident(books, offer.target())));
        return List.copyOf(residents.values());
    }

    /** For which models requests wait that are not in memory now. */
    private static Object waiting(Books books, Optional<HostView> view) {
        List<Object> waiting = new ArrayList<>();
        view.map(HostView::waiting).orElse(Map.of()).entrySet().stream()
                .filter(each -> !books.isThere(each.getKey()))
                .sorted(Comparator.comparing(each -> each.getKey().toString()))
                .forEach(each -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("target", each.getKey().toString());
                    one.put("bytes", books.size(each.getKey()).bytes());
                    one.put("requests", each.getValue());
                    waiting.add(one);
                });
        return waiting;
    }

    private static Object resident(Books books, Target target, Holding holding) {
        Map<String, Object> resident = new LinkedHashMap<>();
        resident.put("target", target.toString());
        resident.put("state", holding.state().name().toLowerCase(Locale.ROOT));
        resident.put("bytes", holding.size().bytes());
        resident.put("source", holding.size().source().id());
        holding.context().ifPresent(tokens -> resident.put("context", tokens));
        resident.put("since", shown(holding.since()));
        addUse(books, target, resident);
        return resident;
    }

    /** One of which nobody has seen that it is loaded, and for which its place is kept. */
    private static Object resident(Books books, Target target) {
        Map<String, Object> resident = new LinkedHashMap<>();
        resident.put("target", target.toString());
        resident.put("state", "assumed");
        resident.put("bytes", books.size(target).bytes());
        resident.put("source", books.size(target).source().id());
        addUse(books, target, resident);
        return resident;
    }

    private static void addUse(Books books, Target target, Map<String, Object> resident) {
        Optional<Use> used = books.uses().find(target);
        used.ifPresent(use -> {
            use.lastUsed().ifPresent(at -> resident.put("last_use", shown(at)));
            resident.put("promised_bytes", use.promised());
        });
        resident.put("in_flight", used.map(Use::inFlight).orElse(0));
        resident.put("pinned", books.rules().pinned().contains(target));
    }

    private static String shown(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Object cooling(Cooling cooling) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("who", cooling.who());
        shown.put("seconds_left", cooling.wholeSeconds().toSeconds());
        shown.put("from_tokens", cooling.mark().size().fewest());
        shown.put("times", cooling.mark().times());
        return shown;
    }
}
