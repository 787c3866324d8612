package dev.signalbox.core.config;

import dev.signalbox.core.dialect.Directive;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a configuration may say of system prompts, for a profile, a backend or one of its models. */
public final class SystemPromptOptions {

    public static final Option<Optional<String>> PREPEND = words("prepend", "Stands before it.");
    public static final Option<Optional<String>> APPEND = words("append", "Stands after it.");
    public static final Option<Optional<String>> REPLACE = words("replace", "Stands in its place.");
    static final Option<Optional<Path>> PREPEND_FILE = file("prepend-file", "Its text stands before it.");
    static final Option<Optional<Path>> APPEND_FILE = file("append-file", "Its text stands after it.");
    static final Option<Optional<Path>> REPLACE_FILE = file("replace-file", "Its text stands in its place.");

    /** All of them. */
    public static final List<Option<?>> ALL =
            List.of(PREPEND, APPEND, REPLACE, PREPEND_FILE, APPEND_FILE, REPLACE_FILE);

    private SystemPromptOptions() {}

    /** The group of them, under its name. */
    static Option<Optional<PluginConfig>> group(String of) {
        return Option.group("system-prompt", ALL)
                .doc("What becomes of the system prompts of requests " + of
                        + ": `{ append: TEXT }`, `prepend`, `replace`, or each with `-file`, a file of UTF-8 text.")
                .optional();
    }

    private static Option<Optional<String>> words(String name, String doc) {
        return Option.text(name).doc(doc).optional();
    }

    private static Option<Optional<Path>> file(String name, String doc) {
        return Option.file(name).doc(doc).optional();
    }

    /** What was said; nothing, and problems, of files that cannot be read. */
    static Directive read(Optional<PluginConfig> said, Problems problems) {
        return said.map(config -> new Directive(
                        text(config, REPLACE, REPLACE_FILE, problems),
                        text(config, PREPEND, PREPEND_FILE, problems),
                        text(config, APPEND, APPEND_FILE, problems)))
                .orElse(Directive.NONE);
    }

    private static String text(
            PluginConfig config, Option<Optional<String>> words, Option<Optional<Path>> file, Problems problems) {
        Optional<Path> path = config.get(file);
        if (path.isPresent() && config.get(words).isPresent()) {
            problems.add(
                    config.where().child(file.name()),
                    "stands beside %s, which says the same thing; keep one of them".formatted(words.name()));
        }
        return path.flatMap(each -> ConfigText.read(each, problems))
                .map(String::strip)
                .or(() -> config.get(words))
                .orElse("");
    }
}
