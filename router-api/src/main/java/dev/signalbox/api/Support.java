package dev.signalbox.api;

/** Whether a model has a capability. What is unknown is tried; only a sure {@code NO} is skipped. */
public enum Support {
    YES,
    NO,
    UNKNOWN
}
