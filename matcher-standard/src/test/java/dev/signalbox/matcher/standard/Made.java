package dev.signalbox.matcher.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.ServiceLoader;

/** Makes matchers from what a configuration says: a text, a list or a map. */
final class Made {

    private static final Where HERE = new Where("signalbox.yaml", 3, "rules.1.when");

    private Made() {}

    static MatcherFactory factory(String type) {
        return ServiceLoader.load(MatcherFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    static Matcher matcher(String type, Object argument) {
        return matcher(type, argument, TestContext.named(type));
    }

    static Matcher matcher(String type, Object argument, TestContext context) {
        return factory(type).create(config(factory(type), argument), context);
    }

    static PluginConfig config(MatcherFactory factory, Object argument) {
        Problems problems = new Problems();
        PluginConfig config = read(factory, argument, problems);
        problems.throwIfAny();
        return config;
    }

    /** The one thing that is wrong with an argument. */
    static String problem(String type, Object argument) {
        Problems problems = new Problems();
        read(factory(type), argument, problems);
        assertThat(problems.list()).hasSize(1);
        return problems.list().getFirst().message();
    }

    private static PluginConfig read(MatcherFactory factory, Object argument, Problems problems) {
        Option<?> option = factory.argument();
        SequencedMap<String, ConfigNode> members = new LinkedHashMap<>();
        members.put(option.name(), node(argument));
        return PluginConfig.read(List.of(option), new ConfigNode.Table(HERE, members), "an argument", problems);
    }

    private static ConfigNode node(Object written) {
        if (written instanceof Map<?, ?> map) {
            SequencedMap<String, ConfigNode> members = new LinkedHashMap<>();
            map.forEach((name, value) -> members.put(name.toString(), node(value)));
            return new ConfigNode.Table(HERE, members);
        }
        return written instanceof List<?> list
                ? new ConfigNode.Sequence(HERE, list.stream().map(Made::node).toList())
                : new ConfigNode.Text(HERE, written.toString());
    }
}
