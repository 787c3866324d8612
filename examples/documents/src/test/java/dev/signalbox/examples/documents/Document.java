package dev.signalbox.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page and the blocks of code on it. */
public record Document(Path file, List<Block> blocks) {

    private static final String FENCE = "```";
    private static final String CLIENTS = "docs/guide/clients";

    /** How a page says that a block belongs in a file of somebody else's. */
    private static final Pattern ELSEWHERE = Pattern.compile("^`(~/|application\\.)");

    /** How a page says in which file a block belongs. */
    private static final Pattern FILE = Pattern.compile("^`(pom\\.xml|src/[^`]+)`");

    /** How a page says which source of an example a block is. */
    private static final Pattern EXAMPLE = Pattern.compile("^`(examples/[^`]+\\.java)`");

    /** The folder of the whole project. */
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    /**
     * A block of code.
     *
     * @param language what stands behind the fence; may be empty
     * @param text its lines
     * @param line where it begins
     * @param before how the paragraph before it begins
     */
    public record Block(String language, String text, int line, String before) {

        /** Whether it is what a client is to be told, and not Signalbox. */
        public boolean ofClient() {
            return ELSEWHERE.matcher(before).find();
        }

        /** The file of an example that it is. */
        Optional<Path> example() {
            return EXAMPLE.matcher(before)
                    .results()
                    .map(found -> ROOT.resolve(found.group(1)))
                    .findFirst();
        }
    }

    /** The README, those of plugins, and the pages for whoever uses Signalbox. */
    static List<Document> all() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        files.addAll(within(ROOT, folder -> folder.resolve("README.md")));
        files.addAll(within(ROOT.resolve("docs/guide"), file -> file));
        files.addAll(within(ROOT.resolve(CLIENTS), file -> file));
        files.addAll(within(ROOT.resolve("docs/plugins"), file -> file));
        List<Document> documents = new ArrayList<>();
        for (Path file : files) {
            documents.add(read(file));
        }
        return documents;
    }

    /** The page of a client. */
    public static Document client(String name) throws IOException {
        return read(ROOT.resolve(CLIENTS).resolve(name + ".md"));
    }

    private static List<Path> within(Path folder, UnaryOperator<Path> page) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(page)
                    .filter(file -> file.toString().endsWith(".md") && Files.exists(file))
                    .sorted()
                    .toList();
        }
    }

    static Document read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        String prose = "";
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
                String text = String.join("\n", lines.subList(i + 1, end));
                blocks.add(new Block(lines.get(i).substring(FENCE.length()), text, i + 2, prose));
                i = end;
            } else if (!lines.get(i).isBlank() && (i == 0 || lines.get(i - 1).isBlank())) {
                prose = lines.get(i);
            }
        }
        return new Document(file, List.copyOf(blocks));
    }

    /** Writes the files that it holds into a folder. */
    void writeFiles(Path folder) throws IOException {
        for (Block block : blocks) {
            Matcher name = FILE.matcher(block.before());
            if (name.find()) {
                Path written = folder.resolve(name.group(1));
                Files.createDirectories(written.getParent());
                Files.writeString(written, block.text() + "\n");
            }
        }
    }

    /** The one block of that language. */
    String only(String language) {
        List<String> texts = blocks.stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
        if (texts.size() != 1) {
            throw new AssertionError("%s has %d blocks of %s".formatted(name(), texts.size(), language));
        }
        return texts.getFirst();
    }

    /** The first question it has a client ask. */
    String curl() {
        return blocks.stream()
                .map(Block::text)
                .filter(text -> text.startsWith("curl "))
                .findFirst()
                .orElseThrow();
    }

    /** Its path in the project. */
    String name() {
        return ROOT.relativize(file).toString();
    }
}
