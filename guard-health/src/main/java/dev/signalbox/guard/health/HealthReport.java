package dev.signalbox.guard.health;

import dev.signalbox.spi.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What the guard knows, for operators. */
record HealthReport(Charts charts, Thresholds thresholds, Rhythm rhythm, LongSupplier nanoTime) {

    Report report() {
        return new Report("health", "How targets and backends have answered, and which are let alone.", this::content);
    }

    private Object content() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("targets", rows(charts.targets()));
        content.put("backends", rows(charts.backends()));
        return content;
    }

    private List<Object> rows(List<Chart> all) {
        return all.stream().map(this::row).toList();
    }

    private Object row(Chart chart) {
        Course course = chart.now();
        Standing standing = course.standing(thresholds, Optional.empty(), nanoTime.getAsLong(), rhythm);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", chart.name());
        row.put("state", standing.level().id());
        row.put("failures_in_a_row", course.streak().length());
        if (course.rate().worst() > 0) {
            row.put("failure_rate", course.rate().worst());
        }
        if (course.speed().samples() > 0) {
            row.put("first_content_ms", Math.round(course.speed().seconds() * 1_000));
        }
        if (!standing.why().isEmpty()) {
            row.put("cause", standing.words());
        }
        return row;
    }
}
