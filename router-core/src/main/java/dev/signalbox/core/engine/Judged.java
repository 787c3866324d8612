package dev.signalbox.core.engine;

import dev.signalbox.api.Target;
import dev.signalbox.spi.Refusal;
import java.time.Instant;
import java.util.Optional;

/** Hears what guards think of the targets of one request. */
interface Judged {

    /** As of when targets are looked at. */
    Instant moment();

    /** A guard does not want a target to be taken. */
    void excluded(Target target, String by, Refusal refusal);

    /** Nobody has anything against a target now. */
    void admitted(Target target);

    /** Why a target cannot be taken, if it cannot. */
    Optional<Reason> against(Target target);

    /** A plugin failed: the request ends with that. */
    void failed(PluginDefect bug);

    /** Whether a plugin failed. */
    boolean defective();
}
