package dev.signalbox.testkit;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.spi.Selector;
import dev.signalbox.spi.Verdict;
import dev.signalbox.spi.Where;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;

/** Plugins that keep their promises pass. */
class ContractsTest {

    @Nested
    class OfAFactory extends FactoryContract {
        @Override
        protected PluginFactory<?> factory() {
            return new PlainBackendFactory();
        }

        @Override
        protected PluginConfig config() {
            return PluginConfig.of(factory().options(), Where.code("test"))
                    .with(PlainBackendFactory.BASE_URL, URI.create("http://127.0.0.1:9"));
        }
    }

    @Nested
    class OfAMatcher extends MatcherContract {
        @Override
        protected Matcher matcher() {
            return request -> request.wholeText().contains("```");
        }
    }

    @Nested
    class OfASelector extends SelectorContract {
        @Override
        protected Selector selector() {
            return candidates -> candidates.stream()
                    .sorted((one, other) -> Integer.compare(one.inFlight(), other.inFlight()))
                    .map(Candidate::target)
                    .toList();
        }
    }

    @Nested
    class OfAClassifier extends ClassifierContract {
        @Override
        protected Classifier classifier(PluginContext context) {
            return new Classifier() {
                @Override
                public Optional<String> classify(RequestView request, Deadline deadline) {
                    return deadline.expired() ? Optional.empty() : Optional.of("small");
                }
            };
        }
    }

    @Nested
    class OfAGuard extends GuardContract {
        @Override
        protected Guard guard(PluginContext context) {
            return new OneAtATime(context.schedule(Duration.ofSeconds(30), () -> {}));
        }
    }

    @Nested
    class OfAListener extends ListenerContract {
        @Override
        protected RouterListener listener(PluginContext context) {
            return new RecordingListener();
        }
    }

    @Nested
    class OfALedger extends LedgerContract {
        @Override
        protected Ledger ledger(PluginContext context) {
            return new TestLedger(context.clock());
        }
    }

    /** Lets one attempt in at a time. */
    private record OneAtATime(PluginContext.Task task, AtomicBoolean taken) implements Guard {

        private OneAtATime(PluginContext.Task task) {
            this(task, new AtomicBoolean());
        }

        @Override
        public Verdict assess(Candidate candidate) {
            return candidate.status().state() == BackendState.DOWN
                    ? Verdict.exclude(Refusal.of(Refusal.Kind.UNHEALTHY, "down"))
                    : Verdict.admit();
        }

        @Override
        public Admission admit(Attempt attempt) {
            return taken.compareAndSet(false, true) ? Admission.granted(new Place(taken)) : Admission.later("taken");
        }

        @Override
        public void close() {
            task.close();
        }
    }

    private record Place(AtomicBoolean taken) implements Lease {
        @Override
        public void undo() {
            taken.set(false);
        }

        @Override
        public void end(AttemptReport report) {
            taken.set(false);
        }
    }
}
