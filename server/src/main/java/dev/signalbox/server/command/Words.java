package dev.signalbox.server.command;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Reads the words behind a command's name, from the first to the last. For one thread. */
final class Words {

    private final Command command;
    private final Deque<String> left;
    private final Deque<Argument<?>> positions;
    private final Map<Argument<?>, List<ConfigNode>> said = new LinkedHashMap<>();

    private Words(Command command, List<String> words) {
        this.command = command;
        this.left = new ArrayDeque<>(words);
        this.positions = command.arguments().stream()
                .filter(each -> each.kind() == Argument.Kind.POSITION)
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    /** What they mean to the command. */
    static Given read(Command command, List<String> words) {
        Words reading = new Words(command, words);
        reading.all();
        return reading.checked();
    }

    private void all() {
        boolean options = true;
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            if (options && word.equals("--")) {
                options = false;
            } else if (options && word.startsWith("-") && word.length() > 1) {
                option(word);
            } else {
                position(word);
            }
        }
    }

    private void position(String word) {
        if (positions.isEmpty()) {
            throw new Misunderstood("\"%s\" is one word too many for %s.".formatted(word, command.name()));
        }
        Argument<?> argument = positions.removeFirst();
        say(argument, argument.shows(), word);
    }

    private void option(String word) {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        Argument<?> argument = named(name)
                .orElseThrow(() -> new Misunderstood(
                        "%s is not an option of %s. %s".formatted(name, command.name(), Near.hint(name, names()))));
        if (equals >= 0) {
            say(argument, name, word.substring(equals + 1));
        } else if (argument.kind() == Argument.Kind.FLAG) {
            say(argument, name, "true");
        } else {
            say(argument, name, value(argument, name));
        }
    }

    private String value(Argument<?> argument, String name) {
        if (left.isEmpty() || named(left.getFirst()).isPresent()) {
            throw new Misunderstood("%s needs a value: %s %s.".formatted(name, name, argument.shows()));
        }
        return left.removeFirst();
    }

    private void say(Argument<?> argument, String where, String value) {
        List<ConfigNode> values = said.computeIfAbsent(argument, first -> new ArrayList<>());
        values.add(new ConfigNode.Text(Where.code(where), value));
        if (values.size() > 1 && argument.kind() != Argument.Kind.REPEATED) {
            throw new Misunderstood("%s is said twice.".formatted(where));
        }
    }

    private Given checked() {
        command.arguments().stream().filter(this::lacks).findFirst().ifPresent(missing -> {
            throw new Misunderstood("%s needs %s.".formatted(command.name(), missing.written()));
        });
        List<Option<?>> options =
                command.arguments().stream().<Option<?>>map(Argument::option).toList();
        Problems problems = new Problems();
        PluginConfig values = PluginConfig.read(options, table(), "an option of " + command.name(), problems);
        if (!problems.isEmpty()) {
            throw new Misunderstood(problems.list().stream()
                    .map(problem -> problem.where().path() + ": " + problem.message() + ".")
                    .collect(Collectors.joining(System.lineSeparator())));
        }
        return new Given(values);
    }

    private boolean lacks(Argument<?> argument) {
        return argument.option().required() && !said.containsKey(argument);
    }

    private ConfigNode.Table table() {
        SequencedMap<String, ConfigNode> members = new LinkedHashMap<>();
        said.forEach((argument, values) -> members.put(
                argument.option().name(),
                argument.kind() == Argument.Kind.REPEATED
                        ? new ConfigNode.Sequence(values.getFirst().where(), values)
                        : values.getFirst()));
        return new ConfigNode.Table(Where.code(""), members);
    }

    private Optional<Argument<?>> named(String name) {
        return command.arguments().stream()
                .filter(argument -> argument.names().contains(name))
                .findFirst();
    }

    private List<String> names() {
        return command.arguments().stream()
                .flatMap(argument -> argument.names().stream())
                .toList();
    }
}
