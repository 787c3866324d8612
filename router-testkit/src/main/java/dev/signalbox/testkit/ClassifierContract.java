package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Deadline;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.PluginContext;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every classifier promises. Extend it, say how to make yours, and the promises become tests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
public abstract class ClassifierContract {

    private static final Duration ENOUGH = Duration.ofSeconds(20);

    /** Makes a classifier that can answer: where it asks something, that something is there. */
    protected abstract Classifier classifier(PluginContext context);

    @Test
    void says_nothing_when_there_is_no_time() {
        try (Classifier classifier = classifier(TestContext.named("test"))) {
            Later<Optional<String>> answer = Later.run(
                    () -> classifier.classify(TestRequest.saying("All clear?"), Deadline.after(Duration.ZERO)));

            assertThat(answer.result()).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void fails_on_no_request() throws InterruptedException {
        try (Classifier classifier = classifier(TestContext.named("test"))) {
            for (TestRequest request : OddRequests.all()) {
                assertThat(classifier.classify(request, Deadline.after(ENOUGH))).isNotNull();
            }
        }
    }

    @Test
    void may_be_asked_by_any_thread() {
        try (Classifier classifier = classifier(TestContext.named("test"))) {
            AtOnce.run(() -> classifier.classify(TestRequest.saying("All clear?"), Deadline.after(ENOUGH)));
        }
    }

    @Test
    void leaves_no_task_behind() {
        TestContext context = TestContext.named("test");

        classifier(context).close();

        assertThat(context.hands().scheduled()).isZero();
    }
}
