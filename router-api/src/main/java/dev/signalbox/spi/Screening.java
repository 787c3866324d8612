package dev.signalbox.spi;

/**
 * A request to be screened.
 *
 * @param request the request
 * @param profile the matched profile's name; empty for a target reached without one
 * @param settings the guard's options in that profile
 */
public record Screening(RequestView request, String profile, PluginConfig settings) {}
