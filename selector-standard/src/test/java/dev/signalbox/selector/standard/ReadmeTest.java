package dev.signalbox.selector.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.SelectorFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The page has every selector; that its pools can be read is tried with all other pages. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadmeTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|.*\\| `(.*)` \\|$");

    @Test
    void the_table_has_every_selector_with_an_example_that_is_one_of_the_pools() throws Exception {
        String page = Files.readString(Path.of("README.md"));
        List<MatchResult> rows = ROW.matcher(page).results().toList();

        assertThat(rows.stream().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(ServiceLoader.load(SelectorFactory.class).stream()
                        .map(each -> each.get().type())
                        .toList());
        assertThat(rows).allSatisfy(row -> assertThat(row.group(2)).contains("by: " + row.group(1)));
        assertThat(rows).allSatisfy(row -> assertThat(page).contains("{ chain: [ " + row.group(2) + " ] }"));
    }
}
