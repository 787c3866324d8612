/** The ledger that is there where no other is: in memory, gone with the process. */
@NullMarked
package dev.signalbox.core.ledger;

import org.jspecify.annotations.NullMarked;
