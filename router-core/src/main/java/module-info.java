import org.jspecify.annotations.NullMarked;

/** The engine: reads the configuration, decides which target answers, tries the next one when that is allowed. */
@NullMarked
module dev.signalbox.core {
    requires transitive dev.signalbox.api;
    requires com.fasterxml.jackson.databind;
    requires org.yaml.snakeyaml;
    requires org.slf4j;

    exports dev.signalbox.core;

    uses dev.signalbox.spi.BackendFactory;
    uses dev.signalbox.spi.ClassifierFactory;
    uses dev.signalbox.spi.GuardFactory;
    uses dev.signalbox.spi.LedgerFactory;
    uses dev.signalbox.spi.ListenerFactory;
    uses dev.signalbox.spi.MatcherFactory;
    uses dev.signalbox.spi.SelectorFactory;

    provides dev.signalbox.spi.LedgerFactory with
            dev.signalbox.core.ledger.MemoryLedgerFactory;
}
