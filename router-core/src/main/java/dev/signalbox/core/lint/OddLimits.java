package dev.signalbox.core.lint;

import dev.signalbox.core.config.Limits;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.ProfileOptions;
import dev.signalbox.core.config.Retry;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.Where;
import java.time.Duration;

/** Limits that end what local model servers do all the time, and limits that another one makes useless. */
final class OddLimits implements Check {

    private static final Duration SHORT = Duration.ofMinutes(1);

    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.settings().profiles().values().forEach(profile -> new Look(subject, remarks, profile).run());
    }

    /** One look at a profile. What is as by default was not said, or might as well not have been. */
    private record Look(Subject subject, Remarks remarks, Profile profile) {

        void run() {
            Limits said = profile.limits();
            Limits usual = Limits.DEFAULT;
            shortOnes(ProfileOptions.TOTAL, said.total(), "a model that is loading alone may take longer");
            shortOnes(
                    ProfileOptions.FIRST_CONTENT,
                    said.firstContent(),
                    "local servers load for minutes, and read a long prompt in silence");
            shortOnes(
                    ProfileOptions.IDLE,
                    said.idle(),
                    "several servers send a whole tool call after minutes of silence");
            if (said.waiting().compareTo(SHORT) < 0) {
                remarks.note(
                        place(ProfileOptions.WAIT),
                        "is less than a minute: who finds every place taken is sent away before one answer has ended");
            }
            useless(ProfileOptions.IDLE, said.idle(), usual.idle());
            useless(ProfileOptions.WAIT, said.waiting(), usual.waiting());
            retries(profile.retry());
        }

        private void shortOnes(Option<Duration> option, Duration said, String why) {
            if (said.compareTo(SHORT) < 0) {
                remarks.warn(
                        place(option), "is less than a minute: %s. Leave it out, or make it longer".formatted(why));
            }
        }

        private void useless(Option<Duration> option, Duration said, Duration usual) {
            if (!said.equals(usual) && said.compareTo(profile.limits().total()) > 0) {
                remarks.warn(
                        place(option),
                        "never reached: longer than total, which ends the whole request before. Make total longer, or"
                                + " leave this out");
            }
        }

        /** The shortest rest is half of what is said. */
        private void retries(Retry retry) {
            if (retry.times() > 0
                    && retry.backoff().dividedBy(2).compareTo(profile.limits().total()) >= 0) {
                remarks.warn(
                        subject.places().of("profiles", profile.name(), ProfileOptions.RETRY.name(), "backoff"),
                        "nothing is ever tried again: the first rest is longer than total. Make it shorter");
            }
        }

        private Where place(Option<Duration> option) {
            return subject.places().of("profiles", profile.name(), ProfileOptions.LIMITS.name(), option.name());
        }
    }
}
