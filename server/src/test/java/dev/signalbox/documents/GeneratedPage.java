package dev.signalbox.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that says what the code says. */
final class GeneratedPage {

    private static final String REWRITE = "signalbox.rewrite";

    private GeneratedPage() {}

    /** Holds the page to the text; with {@code -Dsignalbox.rewrite=true} writes it instead. */
    static void holds(String page, String text) throws IOException {
        Path file = Path.of("..", page);
        if (Boolean.getBoolean(REWRITE)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("%s; run this test with -D%s=true to write it", page, REWRITE)
                .exists();
        assertThat(Files.readString(file))
                .as("%s is not what the code says; run this test with -D%s=true to write it anew", page, REWRITE)
                .isEqualTo(text);
    }
}
