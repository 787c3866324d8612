package dev.signalbox.core.engine;

import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Lease;

/**
 * Which plugins listen where most do not: those that say for themselves what to do with what they are told. For the others
 * nobody puts together what would not be heard. Each class is looked at once.
 */
final class Hearing {

    private static final ClassValue<Boolean> OF_ATTEMPTS = said(Guard.class, "observe");
    private static final ClassValue<Boolean> OF_COMMITS = said(Lease.class, "committed");

    private Hearing() {}

    /** Whether a guard wants to hear how attempts went. */
    static boolean ofAttempts(Guard guard) {
        return OF_ATTEMPTS.get(guard.getClass());
    }

    /** Whether a lease wants to hear of the first content. */
    static boolean ofCommits(Lease lease) {
        return OF_COMMITS.get(lease.getClass());
    }

    private static ClassValue<Boolean> said(Class<?> contract, String method) {
        return new ClassValue<>() {
            @Override
            protected Boolean computeValue(Class<?> type) {
                try {
                    return !contract.equals(
                            type.getMethod(method, AttemptReport.class).getDeclaringClass());
                } catch (NoSuchMethodException never) {
                    throw new IllegalStateException(never);
                }
            }
        };
    }
}
