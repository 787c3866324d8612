package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.signalbox.conformance.Question.Wish;
import dev.signalbox.conformance.Runtimes.Able;
import dev.signalbox.testkit.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every client library may expect, whichever model server answers and whatever that one speaks. Extend it, say how to
 * make the library, and the expectations become tests: each library before each server.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(Station.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60) // a library that hangs fails its test, not the build
abstract class ClientContract {

    private static final String CHATS = "chats/test-model";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Answer WORDS = Answer.saying("All", " clear", ".").using(11, 3);
    private static final Answer MANY_WORDS =
            Answer.saying("All", " clear", " from", " here", " to", " there", " and", " back", ".");
    private static final Answer TWO_CALLS =
            Answer.saying().calling("signal", "{\"track\":7}").calling("weather", "{\"place\":\"Göschenen\"}");
    private static final List<Told.Call> CALLS =
            List.of(new Told.Call("signal", "{\"track\":7}"), new Told.Call("weather", "{\"place\":\"Göschenen\"}"));
    private static final Map<String, String> RESULTS = Map.of("signal", "It is green.", "weather", "It is snowing.");

    private Station station;
    private Library library;

    /**
     * Makes the library, to ask that Signalbox with the key {@code no-key}.
     *
     * @param eager whether it tries again as often as it does by itself
     */
    abstract Library library(Signalbox signalbox, boolean eager) throws Exception;

    @BeforeAll
    void start(Station shared) throws Exception {
        station = shared;
        library = library(shared.signalbox(), false);
    }

    @AfterAll
    void stop() {
        if (library != null) { // where there is no Node, the libraries for it are not there
            library.close();
        }
    }

    List<String> targets() {
        return station.targets();
    }

    /** Those whose thoughts the library gets to see. */
    List<String> thinking() {
        return station.targets(Able.THINK);
    }

    List<String> seeing() {
        return station.targets(Able.SEE);
    }

    /** Those that the library can ask for an answer of a form. */
    List<String> forming() {
        return station.targets(Able.FORM);
    }

    List<String> embedding() {
        return station.targets(Able.EMBED);
    }

    List<String> alone() {
        return station.targets(Able.ONE_TONGUE);
    }

    Stream<Arguments> mishaps() {
        return Arrays.stream(Mishap.values())
                .flatMap(mishap -> alone().stream().map(target -> Arguments.of(mishap, target)));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void understands_a_whole_answer(String target) throws Exception {
        station.say(WORDS);
        Told told = library.whole(Question.to(target));
        assertThat(told.text()).isEqualTo("All clear.");
        assertThat(told.end()).isEqualTo(Told.End.STOP);
        assertThat(told.input()).isEqualTo(11);
        assertThat(told.output()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void understands_a_stream_piece_by_piece(String target) throws Exception {
        station.say(WORDS);
        Told told = library.streamed(Question.to(target));
        assertThat(told.pieces()).containsExactly("All", " clear", ".");
        assertThat(told.end()).isEqualTo(Told.End.STOP);
        assertThat(told.output()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void is_told_that_an_answer_was_cut(String target) throws Exception {
        station.say(WORDS.finishing("length"));
        for (Told told : both(Question.to(target))) {
            assertThat(told.text()).isEqualTo("All clear.");
            assertThat(told.end()).isEqualTo(Told.End.LENGTH);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void is_told_to_call_two_tools_at_once(String target) throws Exception {
        station.say(TWO_CALLS);
        Question question = Question.to(target).with(Wish.TOOLS);
        Told whole = library.whole(question);
        assertThat(whole.calls()).isEqualTo(CALLS);
        assertThat(whole.end()).isEqualTo(Told.End.TOOLS);
        Told streamed = library.streamed(question);
        assertThat(streamed.calls()).isEqualTo(library.keptOfStream(CALLS));
        assertThat(streamed.end()).isEqualTo(Told.End.TOOLS);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void tells_what_the_tools_said_and_gets_an_answer(String target) throws Exception {
        station.say(TWO_CALLS);
        Asked asked = Asked.of(station.at(target));
        Told told = library.conversing(Question.to(target).with(Wish.TOOLS), call -> {
            station.say(WORDS);
            return RESULTS.getOrDefault(call.tool(), "");
        });
        assertThat(told.text()).isEqualTo("All clear.");
        assertThat(asked.times()).isEqualTo(2);
        assertThat(asked.last().text()).contains("It is green.", "It is snowing.", "Göschenen");
        CallIds.of(asked.last()).areThoseOfCallsAndWhatCameOfThem(2);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void is_called_for_and_answered_in_streams(String target) throws Exception {
        station.say(TWO_CALLS);
        Asked asked = Asked.of(station.at(target));
        Told told = library.conversingInStreams(Question.to(target).with(Wish.TOOLS), call -> {
            station.say(WORDS);
            return RESULTS.getOrDefault(call.tool(), "");
        });
        assertThat(told.pieces()).containsExactly("All", " clear", ".");
        assertThat(told.end()).isEqualTo(Told.End.STOP);
        assertThat(asked.times()).isEqualTo(2);
        List<Told.Call> kept = library.keptOfStream(CALLS);
        assertThat(asked.last().text())
                .contains(kept.stream().map(call -> RESULTS.get(call.tool())).toList());
        CallIds.of(asked.last()).areThoseOfCallsAndWhatCameOfThem(kept.size());
    }

    @ParameterizedTest
    @MethodSource("thinking")
    void sees_what_was_thought(String target) throws Exception {
        station.say(WORDS.thinking("Let me", " look."));
        for (Told told : both(Question.to(target).with(Wish.THINKING))) {
            assertThat(told.thought()).isEqualTo("Let me look.");
            assertThat(told.text()).isEqualTo("All clear.");
        }
    }

    @ParameterizedTest
    @MethodSource("seeing")
    void shows_an_image(String target) throws Exception {
        station.say(WORDS);
        Asked asked = Asked.of(station.at(target));
        assertThat(library.whole(Question.to(target).with(Wish.IMAGE)).text()).isEqualTo("All clear.");
        assertThat(asked.last().text()).contains(Question.IMAGE).contains(Question.TEXT);
    }

    @ParameterizedTest
    @MethodSource("forming")
    void asks_for_an_answer_of_a_schema(String target) throws Exception {
        station.say(Answer.saying("{\"free\"", ":true}"));
        Asked asked = Asked.of(station.at(target));
        for (Told told : both(Question.to(target).with(Wish.FORM))) {
            assertThat(told.text()).isEqualTo("{\"free\":true}");
            assertThat(asked.last().text()).contains(Question.PURPOSE);
        }
    }

    @ParameterizedTest
    @MethodSource("embedding")
    void gets_vectors(String target) throws Exception {
        List<float[]> vectors = library.vectors(target, List.of("stop", "go"));
        assertThat(vectors).hasSize(2).allSatisfy(vector -> {
            assertThat(vector).hasSize(4);
            assertThat(squared(vector)).isEqualTo(1, within(1e-6));
        });
        assertThat(vectors.get(0)).isNotEqualTo(vectors.get(1));
    }

    private static double squared(float[] vector) {
        double sum = 0;
        for (float one : vector) {
            sum += one * one;
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void has_tokens_counted_and_nothing_generated(String target) throws Exception {
        int before = station.at(target).server().generations();
        assertThat(library.tokens(Question.to(target))).isBetween(3L, 60L);
        assertThat(station.at(target).server().generations()).isEqualTo(before);
    }

    @Test
    void lists_models() throws Exception {
        List<String> names = library.models().stream()
                .map(name -> name.replace(":latest", "")) // Ollama's clients are shown a tag where there is none
                .toList();
        assertThat(names).containsAll(targets()).contains(Station.SPENT);
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    void every_error_is_raised_as_what_it_is(Mishap mishap, String target) {
        Question question = mishap.befalling(station, target);
        Throwable whole = catchThrowable(() -> library.whole(question));
        Throwable streamed = catchThrowable(() -> library.streamed(question));
        assertThat(List.of(whole, streamed)).allSatisfy(raised -> {
            assertThat(raised).hasMessageContaining(library.wordsOf(mishap));
            assertThat(library.nameOf(raised)).isEqualTo(library.raises(mishap));
            assertThat(library.status(raised).orElse(library.statusOf(mishap))).isEqualTo(library.statusOf(mishap));
        });
    }

    @ParameterizedTest
    @MethodSource("alone")
    void a_stream_that_breaks_off_is_an_error(String target) {
        station.say(MANY_WORDS);
        station.at(target).breaksAfter(7, "The engine died.");
        Throwable raised = catchThrowable(() -> library.streamed(Question.to(target)));
        assertThat(library.nameOf(raised)).isEqualTo(library.raisesBroken());
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG", "KEY_REFUSED", "UNKNOWN", "OVERFLOW", "NOT_CAPABLE", "OUR_KEY_REFUSED"})
    void what_no_other_try_would_mend_is_asked_once(Mishap mishap) throws Exception {
        try (Library eager = library(station.signalbox(), true)) {
            Asked asked = Asked.of(station.at(CHATS));
            Question question = mishap.befalling(station, CHATS);
            int before = station.signalbox().requests();
            assertThat(catchThrowable(() -> eager.whole(question))).isNotNull();
            int calls = station.signalbox().requests() - before;
            assertThat(calls).as("calls of the client").isEqualTo(eager.calls(mishap));
            assertThat(asked.times()).as("and of the server").isEqualTo(mishap.isOfAServer() ? calls : 0);
        }
    }

    @ParameterizedTest
    @MethodSource("alone")
    void leaving_a_stream_ends_the_generation(String target) throws Exception {
        station.say(MANY_WORDS);
        station.at(target).sends(good -> good.first(7).thenStalls());
        Asked asked = Asked.of(station.at(target));
        library.leaving(Question.to(target));
        assertThat(asked.last().clientLeft()).succeedsWithin(PATIENCE);
    }

    /** The answer as a whole, and what the library makes of a stream of it. */
    private List<Told> both(Question question) throws Exception {
        return List.of(library.whole(question), library.streamed(question));
    }
}
