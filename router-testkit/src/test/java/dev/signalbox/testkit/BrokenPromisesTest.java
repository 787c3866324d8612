package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.spi.Selector;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.PlainBackend.Defect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plugin that breaks a promise fails the test that is about it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokenPromisesTest {

    @ParameterizedTest
    @CsvSource({
        "SENDS_CHUNKS, sends_the_body_as_it_is_and_says_its_length",
        "LEAKS_HEADERS, keeps_what_the_client_sent_for_the_router_to_itself",
        "IGNORES_CLOSE, ends_the_generation_when_the_reply_is_closed",
        "IGNORES_CANCELLATION, cancelling_the_call_frees_whoever_reads_its_reply",
        "IGNORES_CANCELLATION, cancelling_the_call_ends_the_wait_for_the_head",
        "IGNORES_TRUNCATION, a_body_that_ends_too_early_is_a_failure_of_reading",
        "SWALLOWS_INTERRUPTS, an_interrupt_ends_the_wait_and_the_generation",
        "ASKS_TWICE, asks_no_second_time_when_a_fresh_connection_ends_without_a_reply",
        "TELLS_ALL, never_tells_its_key",
        "BELIEVES_ANYTHING, a_probe_takes_nobody_for_its_server_who_is_not"
    })
    void of_a_backend(Defect defect, String promise) {
        isBroken(backend(defect), promise);
        assertThatCode(() -> Promises.check(backend(), promise)).doesNotThrowAnyException();
    }

    @Test
    void of_a_matcher_that_counts() {
        AtomicInteger asked = new AtomicInteger();
        isBroken(
                new MatcherContract() {
                    @Override
                    protected Matcher matcher() {
                        return request -> asked.incrementAndGet() % 2 == 0;
                    }
                },
                "gives_the_same_answer_every_time_whatever_was_asked_in_between");
    }

    @Test
    void of_a_selector_that_names_a_target_twice() {
        isBroken(
                new SelectorContract() {
                    @Override
                    protected Selector selector() {
                        return candidates -> List.of(
                                candidates.getFirst().target(),
                                candidates.getFirst().target());
                    }
                },
                "orders_what_it_is_given_and_names_nothing_twice");
    }

    @Test
    void of_a_classifier_that_leaves_a_task_behind() {
        isBroken(
                new ClassifierContract() {
                    @Override
                    protected Classifier classifier(PluginContext context) {
                        context.schedule(Duration.ofSeconds(1), () -> {});
                        return new Classifier() {
                            @Override
                            public Optional<String> classify(RequestView request, Deadline deadline) {
                                return Optional.empty();
                            }
                        };
                    }
                },
                "leaves_no_task_behind");
    }

    @Test
    void of_a_guard_that_counts_what_it_assesses() {
        AtomicInteger assessed = new AtomicInteger();
        isBroken(
                guard(new Guard() {
                    @Override
                    public Verdict assess(Candidate candidate) {
                        return assessed.incrementAndGet() > 3 ? Verdict.demote("too often") : Verdict.admit();
                    }
                }),
                "assessing_is_pure");
    }

    @Test
    void of_a_guard_whose_undone_leases_count() {
        AtomicInteger admitted = new AtomicInteger();
        isBroken(
                guard(new Guard() {
                    @Override
                    public Admission admit(Attempt attempt) {
                        return admitted.incrementAndGet() > 3 ? Admission.later("spent") : Admission.granted();
                    }
                }),
                "a_lease_that_is_undone_leaves_no_trace");
    }

    @Test
    void of_a_guard_that_waits_before_it_lets_in() {
        isBroken(
                guard(new Guard() {
                    @Override
                    public Admission admit(Attempt attempt) {
                        LockSupport.parkNanos(1);
                        return Thread.interrupted() ? Admission.later("not now") : Admission.granted();
                    }
                }),
                "never_waits_and_leaves_interrupts_alone");
    }

    @Test
    void of_a_guard_that_sets_something_aside_while_it_judges() {
        AtomicInteger left = new AtomicInteger(100);
        isBroken(
                guard(new Guard() {
                    @Override
                    public Verdict assess(Candidate candidate) {
                        left.decrementAndGet();
                        return Verdict.admit();
                    }

                    @Override
                    public Admission admit(Attempt attempt) {
                        return left.get() > 0 ? Admission.granted() : Admission.later("spent");
                    }
                }),
                "judging_grants_nothing_and_counts_nothing");
    }

    @Test
    void of_a_guard_that_never_gives_places_back() {
        for (String promise : List.of(
                "whoever_was_answered_or_left_keeps_nobody_out",
                "of_a_thousand_threads_that_are_answered_none_is_kept_out_afterwards")) {
            AtomicInteger places = new AtomicInteger(100);
            isBroken(guard(letting(places, places::incrementAndGet, () -> {})), promise);
        }
    }

    @Test
    void of_a_guard_that_keeps_what_is_undone() {
        AtomicInteger places = new AtomicInteger(100);
        isBroken(
                guard(letting(places, () -> {}, places::incrementAndGet)),
                "a_thousand_threads_that_are_let_in_and_not_after_all_leave_no_trace");
    }

    @Test
    void of_a_guard_that_does_not_expect_a_failure_after_the_first_content() {
        isBroken(
                guard(new Guard() {
                    @Override
                    public void observe(AttemptReport report) {
                        if (report.outcome() instanceof AttemptReport.Outcome.Failed failed
                                && failed.failure().kind() == FailureKind.BROKEN_REPLY) {
                            throw new IllegalStateException("it had begun");
                        }
                    }
                }),
                "an_attempt_may_end_in_any_way_and_what_it_held_is_given_back");
    }

    /** Lets in as long as there are places. */
    private static Guard letting(AtomicInteger places, Runnable undone, Runnable ended) {
        return new Guard() {
            @Override
            public Admission admit(Attempt attempt) {
                return places.getAndDecrement() > 0 ? Admission.granted(lease()) : Admission.later("no place is left");
            }

            private Lease lease() {
                return new Lease() {
                    @Override
                    public void undo() {
                        undone.run();
                    }

                    @Override
                    public void end(AttemptReport report) {
                        ended.run();
                    }
                };
            }
        };
    }

    @Test
    void of_a_listener_that_does_not_expect_news() {
        isBroken(
                new ListenerContract() {
                    @Override
                    protected RouterListener listener(PluginContext context) {
                        return event -> {
                            if (!event.getClass().getEnclosingClass().equals(RouterEvent.class)) {
                                throw new AssertionError("what is this?");
                            }
                        };
                    }
                },
                "ignores_what_it_does_not_know");
    }

    @Test
    void of_a_ledger_that_keeps_what_it_refused() {
        isBroken(
                new LedgerContract() {
                    @Override
                    protected Ledger ledger(PluginContext context) {
                        return new TestLedger(context.clock()) {
                            @Override
                            public Answer reserve(List<Claim> claims) {
                                Answer answer = super.reserve(claims);
                                if (answer instanceof Answer.Over) {
                                    super.reserve(claims.stream()
                                            .map(claim -> new Claim(claim.account(), claim.amount(), Long.MAX_VALUE))
                                            .toList());
                                }
                                return answer;
                            }
                        };
                    }
                },
                "sets_nothing_aside_when_it_refuses");
    }

    @ParameterizedTest
    @CsvSource({"is_found_through_the_service_loader", "describes_each_of_its_options_once"})
    void of_a_factory_that_hides_and_does_not_say_what_its_options_are_for(String promise) {
        isBroken(
                new FactoryContract() {
                    @Override
                    protected PluginFactory<?> factory() {
                        return undocumented();
                    }
                },
                promise);
    }

    private static PluginFactory<?> undocumented() {
        return new MatcherFactory() {
            @Override
            public String type() {
                return "odd";
            }

            @Override
            public int spiLevel() {
                return SpiLevel.CURRENT;
            }

            @Override
            public Option<?> argument() {
                return Option.text("odd");
            }

            @Override
            public Matcher create(PluginConfig config, PluginContext context) {
                return request -> true;
            }
        };
    }

    private static BackendContract backend(Defect... defects) {
        return new BackendContract() {
            @Override
            protected Backend backendFor(URI server) {
                return new PlainBackend(server, key(), defects);
            }

            @Override
            protected String key() {
                return "sk-broken-7";
            }
        };
    }

    private static GuardContract guard(Guard broken) {
        return new GuardContract() {
            @Override
            protected Guard guard(PluginContext context) {
                return broken;
            }
        };
    }

    private static void isBroken(Object contract, String promise) {
        assertThatThrownBy(() -> Promises.check(contract, promise)).isInstanceOf(AssertionError.class);
    }
}
