package dev.signalbox.spi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A path; a relative one is meant from the configuration file's folder. */
record FileType() implements OptionType<Path> {

    @Override
    public Optional<Path> read(ConfigNode node, Problems problems) {
        if (node instanceof ConfigNode.Text text && !text.value().isBlank()) {
            try {
                return Optional.of(resolve(node.where(), text.value().strip()));
            } catch (InvalidPathException notOne) {
                // told below, like everything else that is no path
            }
        }
        problems.add(node.where(), "%s is not %s".formatted(node.seen(), words()));
        return Optional.empty();
    }

    private static Path resolve(Where where, String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return Path.of(System.getProperty("user.home"), text.substring(1));
        }
        Path folder = where.file().isEmpty() ? null : Path.of(where.file()).getParent();
        return folder == null ? Path.of(text) : folder.resolve(text);
    }

    @Override
    public void check(Path value, Where where, Problems problems) {
        // every path is one
    }

    @Override
    public String words() {
        return "a path";
    }
}
