package dev.signalbox.spi;

import java.util.function.Supplier;

/**
 * Something a plugin shows to operators: {@code signalbox <name>} prints it, {@code /signalbox/reports/<name>} gives it
 * as JSON.
 *
 * <p>A list {@code hosts} of tables with {@code host}, {@code capacity_bytes} and {@code free_bytes} tells how much memory
 * machines have, by the names of {@link HostView}; whoever shows machines takes it from there.
 *
 * @param name the word to ask for it, {@code [a-z][a-z0-9-]*}
 * @param doc one sentence on what it shows
 * @param content the report as it is now: a tree of maps, lists, text, numbers and flags; asked by any thread, must not block
 */
public record Report(String name, String doc, Supplier<Object> content) {}
