package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What libraries of npm may expect besides; where there is no Node, all of it is skipped. */
abstract class NodeClientContract extends ClientContract {

    private static final String TARGET = "chats/test-model";

    /** The script that uses the library. */
    abstract String script();

    /** What the library calls its errors. */
    abstract Map<Mishap, String> names();

    @Override
    Library library(Signalbox signalbox) throws Exception {
        return library(signalbox, 0);
    }

    private Library library(Signalbox signalbox, int retries) throws Exception {
        return new NodeLibrary(Node.start(script(), signalbox.address(), Integer.toString(retries)), names());
    }

    @Test
    void what_no_other_try_would_mend_is_asked_once(Station station) throws Exception {
        try (Library eager = library(station.signalbox(), 2)) {
            Asked asked = Asked.of(station.at(TARGET));
            Question question = Question.to(Mishap.WRONG.befalls(station, TARGET));
            assertThat(catchThrowable(() -> eager.whole(question))).isNotNull();
            assertThat(asked.times()).isEqualTo(1);
        }
    }
}
