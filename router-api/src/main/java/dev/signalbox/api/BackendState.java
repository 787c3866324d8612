package dev.signalbox.api;

import java.util.Locale;

/** How a server or a model is, as its last probe saw it. */
public enum BackendState {
    /** It can answer. */
    READY,
    /** It says that it is loading. */
    LOADING,
    /** It is there and works on something that keeps it from answering a probe. */
    BUSY,
    /** Nobody answers. */
    DOWN,
    /** Nobody has asked, or it does not tell. */
    UNKNOWN;

    /** The name in answers and pages, such as {@code ready}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
