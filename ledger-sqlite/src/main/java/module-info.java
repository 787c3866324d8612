import dev.signalbox.ledger.sqlite.SqliteLedgerFactory;
import dev.signalbox.spi.LedgerFactory;
import org.jspecify.annotations.NullMarked;

/** A ledger that keeps what was spent in a file of SQLite. */
@NullMarked
module dev.signalbox.ledger.sqlite {
    requires transitive dev.signalbox.api;
    requires java.sql;
    requires org.xerial.sqlitejdbc;

    exports dev.signalbox.ledger.sqlite;

    provides LedgerFactory with
            SqliteLedgerFactory;
}
