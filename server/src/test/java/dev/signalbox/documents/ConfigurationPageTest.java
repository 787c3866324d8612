package dev.signalbox.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.ConfigurationReference;
import dev.signalbox.core.Plugins;
import dev.signalbox.server.listen.ServerOptions;
import dev.signalbox.spi.Option;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfigurationPageTest {

    @Test
    void has_every_option_of_the_router_the_server_and_the_plugins_of_the_distribution() throws Exception {
        GeneratedPage.holds("docs/guide/configuration.md", page());
    }

    @Test
    void no_option_is_without_a_word_about_it() {
        assertThat(page().lines().filter(line -> line.matches("\\| `[^`]+` \\|  ?\\|.*")))
                .isEmpty();
    }

    private static String page() {
        SequencedMap<String, List<Option<?>>> sections = new LinkedHashMap<>();
        sections.put("server", ServerOptions.SERVER);
        sections.put("callers.NAME", ServerOptions.CALLER);
        return ConfigurationReference.of(Plugins.discovered(), sections);
    }
}
