package dev.signalbox.core.engine;

import dev.signalbox.spi.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What plugins show to operators. Of those that show something under one name, the one that began last is seen as long
 * as it is there: while settings are exchanged, a guard and the one that takes its place are both there. Any thread may
 * use it.
 */
final class Reports {

    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedMap<LentContext, Map<String, Report>> shown = new LinkedHashMap<>(); // guarded by lock

    /** A plugin shows something; what it showed under that name before, it shows no more. */
    void show(LentContext by, Report report) {
        lock.lock();
        try {
            shown.computeIfAbsent(by, first -> new LinkedHashMap<>()).put(report.name(), report);
        } finally {
            lock.unlock();
        }
    }

    /** A plugin is there no more. */
    void forget(LentContext by) {
        lock.lock();
        try {
            shown.remove(by);
        } finally {
            lock.unlock();
        }
    }

    /** All that is shown, by name. */
    Map<String, Report> all() {
        List<Map<String, Report>> each;
        lock.lock();
        try {
            each = new ArrayList<>();
            shown.values().forEach(some -> each.add(Map.copyOf(some)));
        } finally {
            lock.unlock();
        }
        Map<String, Report> all = new TreeMap<>();
        each.forEach(all::putAll);
        return Map.copyOf(all);
    }
}
