package dev.signalbox.core.engine;

import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Lease;

/**
 * In what a guard has a say: that for which it has a method of its own. For all else nobody puts together what it would be
 * asked with or told.
 *
 * @param targets whether it judges targets
 * @param attempts whether it lets attempts in or not
 * @param outcomes whether it wants to hear how attempts went
 */
record Hearing(boolean targets, boolean attempts, boolean outcomes) {

    private static final ClassValue<Boolean> OF_COMMITS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return says(type, Lease.class, "committed", AttemptReport.class);
        }
    };

    static Hearing of(Guard guard) {
        return new Hearing(
                says(guard.getClass(), Guard.class, "assess", Candidate.class),
                says(guard.getClass(), Guard.class, "admit", Attempt.class),
                says(guard.getClass(), Guard.class, "observe", AttemptReport.class));
    }

    /** Whether a lease wants to hear of the first content. Each class is looked at once. */
    static boolean ofCommits(Lease lease) {
        return OF_COMMITS.get(lease.getClass());
    }

    private static boolean says(Class<?> type, Class<?> contract, String method, Class<?> told) {
        try {
            return !contract.equals(type.getMethod(method, told).getDeclaringClass());
        } catch (LinkageError unknown) {
            return true; // some other method of it names a class that is not there: it is asked like all others
        } catch (NoSuchMethodException never) {
            throw new IllegalStateException(never);
        }
    }
}
