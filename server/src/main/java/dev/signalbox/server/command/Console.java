package dev.signalbox.server.command;

import java.io.PrintWriter;

/**
 * Where a command writes. Any thread may.
 *
 * @param out for results and nothing else
 * @param err for everything else
 */
public record Console(PrintWriter out, PrintWriter err) {}
