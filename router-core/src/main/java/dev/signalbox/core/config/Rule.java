package dev.signalbox.core.config;

/**
 * Sends requests somewhere if a condition holds.
 *
 * @param name what traces call it: {@code rule 3} where it has no name of its own
 * @param when the condition
 * @param use where it leads
 * @param always whether it is asked before anything the request names
 */
public record Rule(String name, Condition when, Use use, boolean always) {}
