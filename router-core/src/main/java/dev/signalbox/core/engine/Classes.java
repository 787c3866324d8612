package dev.signalbox.core.engine;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.RouteTrace.Ruled;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Use;
import dev.signalbox.core.dialect.ReadingRefused;
import dev.signalbox.spi.Classifier;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** What classifiers find in one request, each asked once at most. For the request's thread. */
final class Classes {

    /** More than a small model needs to say one word; a classifier's own limit is shorter. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Journey journey;
    private final Map<String, Optional<String>> found = new HashMap<>(0); // by the classifier's name

    Classes(Journey journey) {
        this.journey = journey;
    }

    /** Where a rule leads; empty if its classifier cannot say, or names a class the rule does not. */
    Optional<Use> ask(Rule.ByClass rule) throws InterruptedException {
        if (journey.explains()) {
            told(
                    rule,
                    false,
                    "would ask %s which of %s it is"
                            .formatted(rule.by(), rule.into().keySet()));
            return Optional.empty();
        }
        Optional<String> known = found.get(rule.by());
        if (known == null) {
            known = classOf(rule.by());
            found.put(rule.by(), known);
        }
        Optional<Use> use =
                known.flatMap(name -> Optional.ofNullable(rule.into().get(name)));
        String seen = known.map(name -> "%s says \"%s\"".formatted(rule.by(), name))
                .orElseGet(() -> rule.by() + " cannot say");
        told(rule, use.isPresent(), seen);
        return use;
    }

    private void told(Rule rule, boolean held, String why) {
        journey.trace().ruled(new Ruled(rule.name(), held, why));
    }

    private Optional<String> classOf(String name) throws InterruptedException {
        Classifier classifier = journey.plan().classifier(name);
        Cancellation client = journey.original().cancellation();
        Deadline limit = journey.deadline().within(LONGEST);
        try {
            return new Errand(
                            journey.engine().time(),
                            limit,
                            client,
                            journey.engine().ending())
                    .run(() -> classifier.classify(journey.request(), limit));
        } catch (InterruptedException others) {
            throw others;
        } catch (CancellationException ended) {
            journey.throwIfOver();
            journey.note("engine", "the classifier %s did not say within %s".formatted(name, LONGEST));
            return Optional.empty();
        } catch (ReadingRefused others) {
            throw others;
        } catch (Throwable bug) {
            PluginDefect.throwIfFatal(bug);
            journey.throwIfOver(); // what it asks through this router fails then
            throw new PluginDefect("the classifier " + name, bug);
        }
    }
}
