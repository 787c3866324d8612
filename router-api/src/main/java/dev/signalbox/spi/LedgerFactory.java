package dev.signalbox.spi;

/** Makes ledgers of one type. */
public interface LedgerFactory extends PluginFactory<Ledger> {

    /** Whether it is used where configuration does not name a ledger. */
    default boolean onByDefault() {
        return false;
    }
}
