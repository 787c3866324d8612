package dev.signalbox.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Dockerfile, instruction by instruction. */
record Dockerfile(List<Instruction> instructions) {

    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]*)\"");

    /**
     * One line of it; of a long one its parts are joined.
     *
     * @param name such as {@code RUN}
     * @param rest what stands behind it
     */
    record Instruction(String name, String rest) {

        /** What it runs, as a list of words: a shell where it does not stand there as one. */
        List<String> command() {
            return rest.startsWith("[")
                    ? QUOTED.matcher(rest).results().map(word -> word.group(1)).toList()
                    : List.of("/bin/sh", "-c", rest);
        }

        /** What stands behind it, word by word. */
        List<String> words() {
            return List.of(rest.split("\\s+"));
        }
    }

    /** That of this project. */
    static Dockerfile read() throws IOException {
        String joined = Files.readString(Path.of("../packaging/Dockerfile")).replaceAll("\\\\\n\\s*", "");
        return new Dockerfile(joined.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2))
                .map(parts -> new Instruction(parts[0], parts[1].strip()))
                .toList());
    }

    /** What stands behind every instruction of that name. */
    List<String> all(String name) {
        return named(name).map(Instruction::rest).toList();
    }

    /** The only instruction of that name. */
    Instruction only(String name) {
        List<Instruction> found = named(name).toList();
        if (found.size() != 1) {
            throw new AssertionError("%s stands there %d times".formatted(name, found.size()));
        }
        return found.getFirst();
    }

    /** Where the first instruction of that name stands. */
    int indexOf(String name) {
        return instructions.indexOf(
                named(name).findFirst().orElseThrow(() -> new AssertionError("There is no " + name)));
    }

    private Stream<Instruction> named(String name) {
        return instructions.stream().filter(each -> each.name().equals(name));
    }
}
