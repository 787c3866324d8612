package dev.signalbox.core;

import dev.signalbox.core.config.BackendOptions;
import dev.signalbox.core.config.ProfileOptions;
import dev.signalbox.core.config.RouterOptions;
import dev.signalbox.core.config.TaskOptions;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.ListenerFactory;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.SelectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Writes the reference of every option there is, as Markdown: from the very constants that read the file. The same
 * plugins give the same text.
 */
public final class ConfigurationReference {

    private static final String HEAD = """
            # Configuration

            Everything a configuration may say, with its default. The file is YAML; keys are in kebab-case; durations are
            written `250ms`, `30s`, `1h30m`, sizes `64KiB`, `19GB`. Words such as `off`, `yes` and `010` stay what was
            written. `${NAME}` and `${NAME:default}` are replaced by the environment's values. `signalbox check` tells
            everything that is wrong at once.

            The file is the first of: `--config`, `$SIGNALBOX_CONFIG`, `./signalbox.yaml`,
            `~/.config/signalbox/signalbox.yaml`, `/etc/signalbox/signalbox.yaml`, the distribution's
            `conf/signalbox.yaml`.
            """;

    private ConfigurationReference() {}

    /**
     * The whole page.
     *
     * @param plugins whose options to list
     * @param foreign sections that the router itself does not read, with what may stand in them
     */
    public static String of(Plugins plugins, SequencedMap<String, List<Option<?>>> foreign) {
        StringBuilder page = new StringBuilder(HEAD);
        section(page, "## Sections", RouterOptions.ALL);
        foreign.forEach((name, options) -> section(page, "## `" + name + "`", options));
        section(page, "## `backends.NAME`", BackendOptions.ALL);
        plugins(page, "Backend type", plugins.all(BackendFactory.class));
        section(page, "## `gates.NAME`", RouterOptions.GATE);
        section(page, "## `profiles.NAME`", ProfileOptions.ALL);
        section(page, "## `tasks`", TaskOptions.ALL);
        plugins(page, "Matcher", plugins.all(MatcherFactory.class));
        for (SelectorFactory selector : plugins.all(SelectorFactory.class)) {
            section(page, "### Selector `" + selector.type() + "`", selector.options());
            if (!selector.entryOptions().isEmpty()) {
                section(page, "#### A target in a pool by `" + selector.type() + "`", selector.entryOptions());
            }
        }
        for (GuardFactory guard : plugins.all(GuardFactory.class)) {
            section(page, "## Guard `" + guard.type() + "`", guard.options());
            section(page, "### `profiles.NAME.guards." + guard.type() + "`", guard.profileOptions());
        }
        plugins(page, "Listener", plugins.all(ListenerFactory.class));
        plugins(page, "Ledger", plugins.all(LedgerFactory.class));
        return page.toString();
    }

    private static void plugins(StringBuilder page, String what, List<? extends PluginFactory<?>> factories) {
        for (PluginFactory<?> factory : factories) {
            section(page, "### " + what + " `" + factory.type() + "`", factory.options());
        }
    }

    private static void section(StringBuilder page, String title, List<Option<?>> options) {
        page.append('\n').append(title).append("\n\n");
        if (options.isEmpty()) {
            page.append("No options.\n");
            return;
        }
        page.append("| key | what it is | default | value |\n|---|---|---|---|\n");
        rows(page, "", options);
    }

    private static void rows(StringBuilder page, String before, List<Option<?>> options) {
        for (Option<?> option : options) {
            List<String> cells = new ArrayList<>();
            cells.add("`" + before + option.name() + "`");
            cells.add(option.doc());
            cells.add(option.required() ? "*needed*" : code(option.shownDefault()));
            cells.add(option.type() + (option.isSecret() ? " (secret)" : ""));
            page.append("| ")
                    .append(String.join(
                            " | ",
                            cells.stream().map(ConfigurationReference::cell).toList()))
                    .append(" |\n");
            rows(page, before + option.name() + ".", option.members());
        }
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
