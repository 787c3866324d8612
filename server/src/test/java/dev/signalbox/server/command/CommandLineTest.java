package dev.signalbox.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Option;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandLineTest {

    private static final int DONE = 0;
    private static final int NOT_DONE = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Prints what it was given. */
    private static final class Paint implements Command {

        static final Argument<String> COLOUR = Argument.named(
                Option.text("colour").doc("What it is painted in.").orElse("red"), "COLOUR");
        static final Argument<Optional<Long>> COATS =
                Argument.named(Option.integer("coats", 1, 3).doc("How many.").optional(), "NUMBER");
        static final Argument<List<String>> NOTES = Argument.repeated(
                        Option.listOf("note", Option.text("note"))
                                .doc("For later.")
                                .orElse(List.of()),
                        "TEXT")
                .or("-n");
        static final Argument<Boolean> DRY = Argument.flag("dry", "Waits until it is dry.");
        static final Argument<String> WHAT =
                Argument.position(Option.text("what").doc("What to paint."), "WHAT");

        @Override
        public String name() {
            return "paint";
        }

        @Override
        public String doc() {
            return "Paints something.";
        }

        @Override
        public List<Argument<?>> arguments() {
            return List.of(COLOUR, COATS, NOTES, DRY, WHAT);
        }

        @Override
        public int run(Given given, Console console) {
            if (given.get(WHAT).equals("the sea")) {
                throw new IllegalStateException("it is wet");
            }
            console.out()
                    .println("%s %s %s %s %s"
                            .formatted(
                                    given.get(WHAT),
                                    given.get(COLOUR),
                                    given.get(COATS),
                                    given.get(NOTES),
                                    given.get(DRY)));
            return DONE;
        }
    }

    /** Is for the program itself. */
    private record Secretly() implements Command {

        @Override
        public String name() {
            return "secretly";
        }

        @Override
        public String doc() {
            return "Nobody's business.";
        }

        @Override
        public List<Argument<?>> arguments() {
            return List.of();
        }

        @Override
        public boolean hidden() {
            return true;
        }

        @Override
        public int run(Given given, Console console) {
            return 7;
        }
    }

    private int run(String... words) {
        Program program = new Program("painter", "Paints.", () -> "1.2", List.of(new Paint(), new Secretly()));
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
        return new CommandLine(program, console, failure -> "No: " + failure.getMessage()).execute(words);
    }

    @Test
    void what_is_not_said_has_its_default() {
        assertThat(run("paint", "it")).isEqualTo(DONE);
        assertThat(out).hasToString("it red Optional.empty [] false%n".formatted());
    }

    @Test
    void values_follow_their_names_or_an_equals_sign_in_any_order() {
        assertThat(run("paint", "--coats", "2", "--dry", "it", "--colour=light=blue", "-n", "a b", "--note=c"))
                .isEqualTo(DONE);
        assertThat(out).hasToString("it light=blue Optional[2] [a b, c] true%n".formatted());
    }

    @Test
    void a_value_may_look_like_an_option_and_behind_two_dashes_everything_is_a_word() {
        assertThat(run("paint", "--colour", "-1", "--", "--dry")).isEqualTo(DONE);
        assertThat(out).hasToString("--dry -1 Optional.empty [] false%n".formatted());
    }

    @Test
    void an_option_that_is_near_one_is_told_which() {
        assertThat(run("paint", "it", "--color", "red")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(err.toString())
                .contains("--color is not an option of paint. Did you mean \"--colour\"?")
                .contains("\"painter --help\"");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_value_that_is_missing_is_told_with_what_it_would_be() {
        assertThat(run("paint", "it", "--coats")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(run("paint", "--coats", "--dry", "it")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(err.toString().lines().filter(line -> line.equals("--coats needs a value: --coats NUMBER.")))
                .hasSize(2);
    }

    @Test
    void a_value_of_another_type_is_told_with_what_would_be_right() {
        assertThat(run("paint", "it", "--coats", "many", "--dry=perhaps")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(err.toString())
                .contains("--coats: \"many\" is not a whole number")
                .contains("--dry: \"perhaps\" is not");
    }

    @Test
    void what_has_to_be_said_is_told_when_it_is_not() {
        assertThat(run("paint", "--dry")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(err.toString()).contains("paint needs WHAT.");
    }

    @Test
    void a_word_too_many_and_an_option_said_twice_are_told() {
        assertThat(run("paint", "it", "all")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(run("paint", "it", "--colour=red", "--colour=blue")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(err.toString())
                .contains("\"all\" is one word too many for paint.")
                .contains("--colour is said twice.");
    }

    @Test
    void a_command_that_nobody_knows_is_told_with_the_nearest_that_is_not_hidden() {
        assertThat(run("pant")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(run("secretl")).isEqualTo(NOT_UNDERSTOOD);
        assertThat(err.toString())
                .contains("\"pant\" is not a command. Did you mean \"paint\"?")
                .contains("\"secretl\" is not a command. Known: paint.");
        assertThat(run("secretly")).isEqualTo(7);
    }

    @Test
    void a_failure_is_told_in_words_and_is_not_the_same_as_not_being_understood() {
        assertThat(run("paint", "the sea")).isEqualTo(NOT_DONE);
        assertThat(err).hasToString("No: it is wet%n".formatted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void help_is_a_result(String help) {
        assertThat(run(help)).isEqualTo(DONE);
        assertThat(out.toString())
                .startsWith("Usage: painter COMMAND")
                .contains("  paint  Paints something.")
                .doesNotContain("secretly");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void help_about_a_command_says_all_of_it_even_where_something_is_missing(String help) {
        assertThat(run("paint", "--dry", help)).isEqualTo(DONE);
        assertThat(out.toString())
                .startsWith("Usage: painter paint [OPTION]… WHAT")
                .containsPattern("--colour COLOUR +What it is painted in. Default: red\\.")
                .containsPattern("--note, -n TEXT +For later\\.")
                .containsPattern("--dry +Waits until it is dry\\.")
                .containsPattern("WHAT +What to paint. Required\\.");
    }

    @Test
    void nothing_asked_is_not_understood_and_says_what_could_be() {
        assertThat(run()).isEqualTo(NOT_UNDERSTOOD);
        assertThat(err.toString()).contains("Usage: painter COMMAND");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void the_version_is_a_result(String version) {
        assertThat(run(version)).isEqualTo(DONE);
        assertThat(out).hasToString("painter 1.2%n".formatted());
    }
}
