package dev.signalbox.core.lint;

import dev.signalbox.core.Remark;
import dev.signalbox.core.Remark.Weight;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what checks find. For one thread. */
final class Remarks {

    private final List<Remark> found = new ArrayList<>();

    /** Something that surely has no effect, or surely fails. */
    void warn(Where where, String message) {
        found.add(new Remark(Weight.WARNING, where, message));
    }

    /** Something that may be meant. */
    void note(Where where, String message) {
        found.add(new Remark(Weight.NOTE, where, message));
    }

    /** Warnings before notes, each by line. */
    List<Remark> list() {
        return found.stream()
                .sorted(Comparator.comparing(Remark::weight)
                        .thenComparing(remark -> remark.where().file())
                        .thenComparingInt(remark -> remark.where().line()))
                .toList();
    }
}
