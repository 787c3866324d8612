package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.ListenerFactory;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.SelectorFactory;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What every factory of plugins promises. Extend it, say which is yours, and the promises become tests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class FactoryContract {

    private static final List<Class<? extends PluginFactory<?>>> ROLES = List.of(
            BackendFactory.class,
            MatcherFactory.class,
            ClassifierFactory.class,
            SelectorFactory.class,
            GuardFactory.class,
            ListenerFactory.class,
            LedgerFactory.class);

    /** The factory. */
    protected abstract PluginFactory<?> factory();

    /** Values with which a plugin can be made: the defaults, unless overridden because an option has to be given. */
    protected PluginConfig config() {
        return PluginConfig.of(factory().options(), Where.code("test"));
    }

    @Test
    void has_a_type_that_can_be_written_in_a_file() {
        assertThat(factory().type())
                .matches("[a-z0-9][a-z0-9-]*")
                .isEqualTo(factory().type());
    }

    @Test
    void was_compiled_with_these_contracts() {
        assertThat(factory().spiLevel()).isEqualTo(SpiLevel.CURRENT);
    }

    @Test
    void is_found_through_the_service_loader() {
        assertThat(ROLES.stream()
                        .filter(role -> role.isInstance(factory()))
                        .flatMap(role -> ServiceLoader.load(role).stream())
                        .<Object>map(ServiceLoader.Provider::type))
                .contains(factory().getClass());
    }

    @Test
    void describes_each_of_its_options_once() {
        assertThat(allOptions()).allSatisfy(option -> {
            assertThat(option.name()).matches("[a-z0-9][a-z0-9-]*");
            assertThat(option.doc()).as("what %s is for", option.name()).endsWith(".");
        });
        assertThat(factory().options()).extracting(Option::name).doesNotHaveDuplicates();
    }

    @Test
    void always_has_the_same_options() {
        assertThat(factory().options()).isEqualTo(factory().options());
    }

    @Test
    void makes_as_many_plugins_as_are_wanted_and_opens_nothing() throws Exception {
        Problems problems = new Problems();
        config().check(problems);
        assertThat(problems.list()).as("override config()").isEmpty();
        ThreadWatch watch = ThreadWatch.begin();

        Object first = factory().create(config(), TestContext.named("one"));
        Object second = factory().create(config(), TestContext.named("two"));

        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        watch.assertNoneLeft();
        close(first);
        close(second);
    }

    private Stream<Option<?>> allOptions() {
        List<Option<?>> all = new ArrayList<>(factory().options());
        if (factory() instanceof GuardFactory guards) {
            all.addAll(guards.profileOptions());
        }
        if (factory() instanceof SelectorFactory selectors) {
            all.addAll(selectors.entryOptions());
        }
        return all.stream().flatMap(FactoryContract::withMembers);
    }

    private static Stream<Option<?>> withMembers(Option<?> option) {
        return Stream.concat(Stream.of(option), option.members().stream().flatMap(FactoryContract::withMembers));
    }

    private static void close(Object plugin) throws Exception {
        if (plugin instanceof AutoCloseable open) {
            open.close();
        }
    }
}
