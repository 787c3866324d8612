package dev.signalbox.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** One number of the reference and of what is measured: the median of their turns. */
record Comparison(double reference, double measured, List<Slice> slices) {

    static Comparison of(List<Slice> reference, List<Slice> measured, ToDoubleFunction<Slice> value) {
        return new Comparison(
                Slice.median(reference, value),
                Slice.median(measured, value),
                Stream.concat(reference.stream(), measured.stream()).toList());
    }

    /** Writes a line whose target is a multiple of the reference. */
    Row row(String what, String format, Optional<Target> target) {
        double ratio = measured / reference;
        return new Row(
                what,
                "",
                text(format, reference),
                text(format, measured),
                text("%.2fx", ratio),
                target.map(Target::text).orElse(""),
                target.map(bound -> verdict(bound, ratio))
                        .orElse(Row.Verdict.NONE)
                        .spoiltBy(slices));
    }

    /** Writes a number as the table shows it, a dash if there is none. */
    static String text(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–";
    }

    private static Row.Verdict verdict(Target target, double ratio) {
        return Double.isNaN(ratio) ? Row.Verdict.NONE : Row.Verdict.of(target.met(ratio));
    }
}
