package dev.signalbox.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;

/** Says what is said of a configuration that can be used and does not do what it says, with the plugins that are there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class RemarksFixture {

    /** Two backends, of which one has a model that sees nothing and one of which nothing is known. */
    static final String BASE = """
            backends:
              gpu: { type: openai, base-url: "http://localhost:1", models: { big: { capabilities: { vision: no } }, eyes: {} } }
              box: { type: echo }
            default: gpu/big
            """;

    @TempDir
    private Path folder;

    /** Each as {@code WARNING 3 rules[1]: message}. */
    final List<String> remarks(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), yaml);
        return Configuration.read(file).remarks(Plugins.discovered()).stream()
                .map(remark -> "%s %d %s: %s"
                        .formatted(
                                remark.weight(),
                                remark.where().line(),
                                remark.where().path(),
                                remark.message()))
                .toList();
    }

    final void isClean(String yaml) throws IOException {
        assertThat(remarks(yaml)).isEmpty();
    }
}
