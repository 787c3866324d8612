package dev.signalbox.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExamplesTest {

    @Test
    void nothing_is_to_be_said_of_any_of_them() throws Exception {
        assertThat(Examples.shipped())
                .hasSizeGreaterThan(2)
                .allSatisfy(file -> assertThat(Configuration.read(file).remarks(Plugins.discovered()))
                        .as("%s", file)
                        .filteredOn(remark -> !remark.message().startsWith("no backend is configured")) // what is found
                        .isEmpty());
    }

    @Test
    void the_readme_has_each_of_them() throws Exception {
        String page = Files.readString(Examples.FOLDER.resolve("README.md"));
        List<String> names = Examples.all().stream()
                .map(Path::getFileName)
                .map(Path::toString)
                .toList();
        assertThat(names).allSatisfy(name -> assertThat(page).contains("[`%s`](%s)".formatted(name, name)));
    }
}
