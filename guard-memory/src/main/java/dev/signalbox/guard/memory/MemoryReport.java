package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Report;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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
        if (capacity.isPresent()) {
            host.put("capacity_bytes", capacity.getAsLong());
            host.put("free_bytes", capacity.getAsLong() - books.room().reserve() - books.held());
        }
        host.put("capacity_source", books.room().source());
        host.put("reserve_bytes", books.room().reserve());
        host.put("counted", capacity.isPresent());
        host.put("loads", books.loads());
        host.put("unloads", books.unloads());
        books.work().ifPresent(work -> host.put("now", work.what()));
        host.put("waiting", waiting(books, view));
        host.put(
                "residents",
                books.holdings().entrySet().stream()
                        .sorted(Comparator.comparing(each -> each.getKey().toString()))
                        .map(each -> resident(books, each.getKey(), each.getValue()))
                        .toList());
        return host;
    }

    /** For which models requests wait that are not in memory now. */
    private static Object waiting(Books books, Optional<HostView> view) {
        List<Object> waiting = new ArrayList<>();
        view.map(HostView::waiting).orElse(Map.of()).entrySet().stream()
                .filter(each -> books.holding(each.getKey())
                        .filter(holding -> holding.state() == Holding.State.THERE)
                        .isEmpty())
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
        resident.put("state", holding.state().name().toLowerCase(java.util.Locale.ROOT));
        resident.put("bytes", holding.size().bytes());
        resident.put("source", holding.size().source().id());
        holding.context().ifPresent(tokens -> resident.put("context", tokens));
        resident.put("since", holding.since().truncatedTo(ChronoUnit.SECONDS).toString());
        books.used(target).ifPresent(use -> {
            use.lastUsed()
                    .ifPresent(at -> resident.put(
                            "last_use", at.truncatedTo(ChronoUnit.SECONDS).toString()));
            resident.put("promised_bytes", use.promised());
        });
        resident.put("in_flight", books.used(target).map(Use::inFlight).orElse(0));
        resident.put("pinned", books.rules().pinned().contains(target));
        return resident;
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
