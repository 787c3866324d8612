/**
 * The bench: a mock upstream, a load generator, what stands between them, and the scenarios that compare.
 *
 * <p>The mock upstream and the load generator share this process and therefore one clock; what is measured runs in
 * processes of its own, whose processor time and memory are read from {@code /proc}.
 */
@NullMarked
package dev.signalbox.bench;

import org.jspecify.annotations.NullMarked;
