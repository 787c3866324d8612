package dev.signalbox.core.dialect;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;

/**
 * A request said in another dialect than the client's.
 *
 * @param dialect that dialect
 * @param body the request in it, which does not name a model yet
 * @param answer how the answer is told to the client
 */
public record Translated(Dialect dialect, Body body, Retelling.Beginning answer) {}
