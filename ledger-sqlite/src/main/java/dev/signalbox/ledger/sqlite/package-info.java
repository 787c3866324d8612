/** The ledger {@code sqlite}: sums in memory, covered by what a file says was spent already. */
@NullMarked
package dev.signalbox.ledger.sqlite;

import org.jspecify.annotations.NullMarked;
