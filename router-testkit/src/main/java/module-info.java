import org.jspecify.annotations.NullMarked;

/** Tests that hold a plugin to its contract, and the small real things they run against. */
@NullMarked
module dev.signalbox.testkit {
    requires transitive dev.signalbox.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires jdk.management;

    uses dev.signalbox.spi.BackendFactory;
    uses dev.signalbox.spi.ClassifierFactory;
    uses dev.signalbox.spi.GuardFactory;
    uses dev.signalbox.spi.LedgerFactory;
    uses dev.signalbox.spi.ListenerFactory;
    uses dev.signalbox.spi.MatcherFactory;
    uses dev.signalbox.spi.SelectorFactory;

    exports dev.signalbox.testkit;
}
