package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.signalbox.conformance.Question.Wish;
import dev.signalbox.testkit.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiResponsesClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox, boolean eager) {
        return new OpenAiResponsesLibrary(OpenAi.trying(signalbox, eager));
    }

    /** The library looks only if it is told to; others do without being asked. */
    @ParameterizedTest
    @ValueSource(strings = {"chats/test-model", "cloud/claude-test", "ollama-own/qwen3:8b", "tgi/test-model"})
    void an_answer_that_was_translated_lacks_nothing(String target, Station station) {
        station.say(Answer.saying("Let", " me", " see.").thinking("Hm.").calling("signal", "{\"track\":7}"));
        OpenAiResponsesLibrary library = new OpenAiResponsesLibrary(OpenAi.trying(station.signalbox(), false));
        assertThatCode(() -> library.examine(Question.to(target).with(Wish.TOOLS)))
                .doesNotThrowAnyException();
        library.close();
    }
}
