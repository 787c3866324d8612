package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.api.Unroutable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name in {@code model} means. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NamesTest extends EngineFixture {

    @BeforeEach
    void names_of_every_kind() {
        layout.backend("gpu", "big", "org/huge", "both")
                .backend("laptop", "small:latest", "both")
                .profile("coding", "gpu/big")
                .profile("writing", "laptop/small")
                .alias("claude-*haiku*", "writing")
                .alias("claude-*", "coding")
                .alias("claude-exact-haiku", "gpu/org/huge")
                .alias("big", "laptop/small")
                .defaultTo("writing");
        backends.on("gpu", Chat.says("Hello")).on("laptop", Chat.says("Hello"));
    }

    static Stream<Arguments> meanings() {
        return Stream.of(
                arguments("claude-3-haiku", "laptop/small:latest", "alias \"claude-*haiku*\""),
                arguments("claude-opus", "gpu/big", "alias \"claude-*\""),
                arguments(" CLAUDE-Opus ", "gpu/big", "alias \"claude-*\""),
                arguments("claude-exact-haiku", "gpu/org/huge", "alias \"claude-exact-haiku\""),
                arguments("big", "laptop/small:latest", "alias \"big\""),
                arguments("coding", "gpu/big", "profile \"coding\""),
                arguments("  Coding", "gpu/big", "profile \"coding\""),
                arguments("gpu/big", "gpu/big", "target"),
                arguments(" gpu/big ", "gpu/big", "target"),
                arguments("gpu/org/huge", "gpu/org/huge", "target"),
                arguments("laptop/small", "laptop/small:latest", "target"),
                arguments("org/huge", "gpu/org/huge", "listed"),
                arguments("small", "laptop/small:latest", "listed"),
                arguments("small:latest", "laptop/small:latest", "listed"),
                arguments("both", "gpu/both", "listed"),
                arguments("coding:latest", "gpu/big", "profile \"coding\""),
                arguments("Big:Latest", "laptop/small:latest", "alias \"big\""),
                arguments("claude-opus:latest", "gpu/big", "alias \"claude-*\""),
                arguments("gpu/big:latest", "gpu/big", "target"),
                arguments("both:latest", "gpu/both", "listed"),
                arguments("auto", "laptop/small:latest", "default"),
                arguments(" AUTO ", "laptop/small:latest", "default"),
                arguments("", "laptop/small:latest", "default"),
                arguments("   ", "laptop/small:latest", "default"));
    }

    @ParameterizedTest(name = "\"{0}\" is {1}")
    @MethodSource("meanings")
    void a_name_means(String name, String target, String by) throws Exception {
        try (RoutedResponse response = ask(chat(name))) {
            assertThat(response.target()).hasToString(target);
            assertThat(response.trace().chosenBy()).isEqualTo(by);
        }
    }

    static Stream<Arguments> names() {
        return meanings().filter(meaning -> !"default".equals(meaning.get()[2]));
    }

    @ParameterizedTest(name = "\"{0}\" is {1}")
    @MethodSource("names")
    void a_name_can_be_looked_up(String name, String target) {
        assertThat(engine().model(name))
                .hasValueSatisfying(found -> assertThat(
                                new Target(found.backend(), found.target().name()))
                        .hasToString(target));
    }

    @Test
    void what_a_pattern_serves_is_called_as_it_was_asked_for() {
        assertThat(engine().model("claude-opus")).map(ModelEntry::id).contains("claude-opus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "gpu/nobody", "gpu/", "/big"})
    void what_nobody_knows_is_nothing(String name) {
        assertThat(engine().model(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void nothing_is_no_model_even_where_any_is_taken(String name) {
        layout.backend("any", Layout.anyModel());

        assertThat(engine().model(name)).isEmpty();
        assertThat(engine().model("any/whatever")).map(ModelEntry::id).contains("any/whatever");
    }

    @Test
    void several_that_list_a_name_are_a_chain_in_configured_order() throws Exception {
        backends.fails("gpu", dev.signalbox.api.FailureKind.UNREACHABLE);
        try (RoutedResponse response = ask(chat("both"))) {
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("gpu/both=unreachable, laptop/both=answered");
        }
    }

    @Test
    void the_listed_name_is_what_is_sent() throws Exception {
        bytes(chat("laptop/small"));
        assertThat(backends.body("laptop")).contains("\"model\":\"small:latest\"");
    }

    @Test
    void no_model_at_all_is_the_default() throws Exception {
        try (RoutedResponse response = ask(body("{\"messages\":[]}"))) {
            assertThat(response.target()).hasToString("laptop/small:latest");
        }
    }

    @Test
    void no_name_and_no_default_is_for_the_client_to_mend() throws Exception {
        EngineFixture bare = new EngineFixture() {};
        bare.layout.backend("gpu", "big");
        Unroutable failed = bare.refused(Unroutable.class, chat("auto"));
        bare.closeTheEngine();
        assertThat(failed.problem().status()).isEqualTo(400);
        assertThat(failed.problem().code()).isEqualTo("model_required");
    }

    @Test
    void a_profile_can_be_asked_for_in_the_body_or_in_a_header() throws Exception {
        try (RoutedResponse body = ask(body("{\"model\":\"gpu/big\",\"profile\":\"Writing\"}"));
                RoutedResponse header = ask(chat("gpu/big").withHeader("X-Signalbox-Profile", " writing "))) {
            assertThat(body.target()).hasToString("laptop/small:latest");
            assertThat(header.target()).hasToString("laptop/small:latest");
            assertThat(header.trace().profile()).isEqualTo("writing");
        }
    }

    @Test
    void the_body_beats_the_header_and_the_trace_says_so() throws Exception {
        try (RoutedResponse response =
                ask(body("{\"model\":\"x\",\"profile\":\"writing\"}").withHeader("X-Signalbox-Profile", "coding"))) {
            assertThat(response.target()).hasToString("laptop/small:latest");
            assertThat(response.trace().notes())
                    .containsExactly("engine: the body's profile \"writing\" beats the header's \"coding\"");
        }
    }

    @Test
    void the_same_profile_twice_is_nothing_to_speak_of() throws Exception {
        try (RoutedResponse response =
                ask(body("{\"model\":\"x\",\"profile\":\"writing\"}").withHeader("X-Signalbox-Profile", "Writing"))) {
            assertThat(response.trace().notes()).isEmpty();
        }
    }

    @Test
    void a_profile_nobody_knows_is_told_with_what_is_near() throws Exception {
        Unroutable failed = refused(Unroutable.class, chat("gpu/big").withHeader("X-Signalbox-Profile", "writting"));
        assertThat(failed.problem().status()).isEqualTo(400);
        assertThat(failed.problem().message()).contains("Did you mean \"writing\"?");
    }

    @Test
    void a_mode_means_a_profile() throws Exception {
        layout.mode("fast", "writing");
        try (RoutedResponse response = ask(chat("gpu/big").withHeader("X-Signalbox-Mode", "fast"))) {
            assertThat(response.target()).hasToString("laptop/small:latest");
            assertThat(response.trace().chosenBy()).isEqualTo("mode \"fast\"");
        }
        Unroutable failed = refused(Unroutable.class, chat("gpu/big").withHeader("X-Signalbox-Mode", "fist"));
        assertThat(failed.problem().message()).contains("Did you mean \"fast\"?");
    }

    @Test
    void a_profile_beats_a_mode() throws Exception {
        layout.mode("fast", "writing");
        try (RoutedResponse response =
                ask(chat("x").withHeader("X-Signalbox-Mode", "fast").withHeader("X-Signalbox-Profile", "coding"))) {
            assertThat(response.target()).hasToString("gpu/big");
        }
    }

    @Test
    void models_lists_what_may_be_written() {
        assertThat(engine().models())
                .extracting(dev.signalbox.api.ModelEntry::id)
                .containsExactly(
                        "claude-exact-haiku",
                        "big",
                        "coding",
                        "writing",
                        "gpu/big",
                        "gpu/org/huge",
                        "gpu/both",
                        "laptop/small:latest",
                        "laptop/both");
    }
}
