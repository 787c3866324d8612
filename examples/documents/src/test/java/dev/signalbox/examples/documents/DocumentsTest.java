package dev.signalbox.examples.documents;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.signalbox.examples.documents.Document.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentsTest {

    /** Pages that are followed by tests of their own. */
    private static final Set<String> ELSEWHERE =
            Set.of("docs/plugins/backend.md", "docs/plugins/guard.md", "docs/guide/messages.md");

    @TempDir
    private Path folder;

    private final List<Reader> readers = new ArrayList<>();

    @TestFactory
    Stream<DynamicNode> what_a_document_says_is_so() throws Exception {
        return Document.all().stream()
                .filter(document -> !document.blocks().isEmpty())
                .filter(document -> !ELSEWHERE.contains(document.name()))
                .map(document -> dynamicContainer(document.name(), steps(document)));
    }

    private Stream<DynamicNode> steps(Document document) {
        Reader reader = reader();
        return document.blocks().stream().map(block -> dynamicTest(name(block), () -> reader.follow(block)));
    }

    private Reader reader() {
        try {
            Reader reader = new Reader(Files.createTempDirectory(folder, "reader"));
            readers.add(reader);
            return reader;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String name(Block block) {
        return "line %d: %s"
                .formatted(block.line(), block.text().lines().findFirst().orElse(""));
    }

    @AfterEach
    void close_readers() {
        readers.forEach(Reader::close);
    }
}
