package dev.signalbox.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimate beside what two real vocabularies count, on texts of our own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TokensTest {

    private static final EncodingRegistry VOCABULARIES = Encodings.newLazyEncodingRegistry();
    private static final Encoding O200K = VOCABULARIES.getEncoding(EncodingType.O200K_BASE);
    private static final Encoding CL100K = VOCABULARIES.getEncoding(EncodingType.CL100K_BASE);

    /** What the table of {@link Tokens} says. */
    @ParameterizedTest
    @CsvSource({
        "english, -3, -3",
        "german, -7, -24",
        "russian, 13, -31",
        "chinese, -4, -33",
        "japanese, 4, -22",
        "korean, 4, -36",
        "java, 10, 11",
        "python, 6, 6",
        "json, -1, 0"
    })
    void is_as_far_off_as_is_written(String name, int ofO200k, int ofCl100k) throws Exception {
        String text = text(name);

        assertThat(percentOff(text, O200K)).as("of o200k").isCloseTo(ofO200k, within(1.5));
        assertThat(percentOff(text, CL100K)).as("of cl100k").isCloseTo(ofCl100k, within(1.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"english", "german", "russian", "chinese", "japanese", "korean", "java", "python", "json"})
    void is_within_15_percent_of_a_vocabulary_of_today(String name) throws Exception {
        assertThat(percentOff(text(name), O200K)).isBetween(-15.0, 15.0);
    }

    /** It was not fitted to these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../README.md",
                "../CONTRIBUTING.md",
                "../pom.xml",
                "src/main/java/dev/signalbox/core/engine/Plans.java"
            })
    void is_within_20_percent_for_texts_that_change(String file) throws Exception {
        String text = Files.readString(Path.of(file));

        assertThat(percentOff(text, O200K)).isBetween(-20.0, 20.0);
    }

    private static double percentOff(String text, Encoding vocabulary) {
        return 100.0 * Tokens.estimate(text) / vocabulary.countTokensOrdinary(text) - 100;
    }

    private static String text(String name) throws Exception {
        try (InputStream in = Objects.requireNonNull(TokensTest.class.getResourceAsStream("texts/" + name + ".txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void has_nothing_to_count_in_nothing() {
        assertThat(Tokens.estimate("")).isZero();
        assertThat(Tokens.estimate(" ")).isLessThanOrEqualTo(1);
    }

    @Test
    void never_comes_to_less_than_nothing() {
        assertThat(Tokens.estimate(".a.b.c")).isPositive();
        assertThat(Tokens.estimate("\uD83D\uDE82")).isEqualTo(2);
        assertThat(Tokens.estimate("x".repeat(1 << 20))).isBetween(100_000L, 1L << 20);
    }

    @Test
    void counts_more_for_code_than_for_prose_of_the_same_length() {
        String prose = "the little house stands near the river and the old mill ";
        String code = "if (a[i] != b[j]) { x += f(g.h(k), 0x1F); } // ok?\n      ";

        assertThat(Tokens.estimate(code)).isGreaterThan(Tokens.estimate(prose));
    }
}
