package dev.signalbox.spi;

import java.time.Instant;
import java.util.Optional;

/** A guard's answer in the waiting room. Closed: the engine handles every case. */
public sealed interface Admission {

    /** Let in; the lease is ended or undone once, the preparation runs before the request is sent. */
    record Granted(Lease lease, Optional<Preparation> preparation) implements Admission {}

    /** Not now; ask again when something is given back, or at that moment. */
    record Later(String reason, Optional<Instant> askAgainAt) implements Admission {}

    /** Never, for this request and this target. */
    record Refused(Refusal refusal) implements Admission {}

    /** Let in, with nothing to give back. */
    static Admission granted() {
        return new Granted(Lease.NOTHING, Optional.empty());
    }

    /** Let in. */
    static Admission granted(Lease lease) {
        return new Granted(lease, Optional.empty());
    }

    /** Let in, with work to be done first. */
    static Admission granted(Lease lease, Preparation preparation) {
        return new Granted(lease, Optional.of(preparation));
    }

    /** Not now. */
    static Admission later(String reason) {
        return new Later(reason, Optional.empty());
    }

    /** Not now; ask again at that moment, if nothing happens before. */
    static Admission later(String reason, Instant askAgainAt) {
        return new Later(reason, Optional.of(askAgainAt));
    }

    /** Never, for this request and this target. */
    static Admission refused(Refusal refusal) {
        return new Refused(refusal);
    }
}
