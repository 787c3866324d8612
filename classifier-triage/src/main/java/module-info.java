import dev.signalbox.classifier.triage.TriageFactory;
import dev.signalbox.spi.ClassifierFactory;
import org.jspecify.annotations.NullMarked;

/** A classifier that asks a small model which class a request belongs to. */
@NullMarked
module dev.signalbox.classifier.triage {
    requires com.github.benmanes.caffeine;
    requires transitive dev.signalbox.api;

    exports dev.signalbox.classifier.triage;

    provides ClassifierFactory with
            TriageFactory;
}
