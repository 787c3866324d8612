package dev.signalbox.server.cli;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import dev.signalbox.core.RouterBuilder;
import dev.signalbox.server.listen.CannotListen;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Routing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Runs the server until it is told to stop. */
final class ServeCommand implements Callable<Integer> {

    static final String NAME = "serve";

    /** How long everything but answers may take to end. */
    private static final Duration ENDING = Duration.ofSeconds(10);

    private final OptionSpec config = text("--config", "FILE", "The configuration.");
    private final OptionSpec host = text("--host", "<host>", "The address to listen on.");
    private final OptionSpec port = OptionSpec.builder("--port")
            .type(int.class)
            .paramLabel("<port>")
            .defaultValue("-1")
            .description("The port to listen on; 0 takes a free one.")
            .build();
    private final OptionSpec stateFolder =
            text("--state-dir", "DIR", "Where to keep what has to outlive the process, such as a ledger.");
    private final OptionSpec noDiscovery = OptionSpec.builder("--no-discovery")
            .defaultValue("false")
            .description("Looks for no servers on this machine.")
            .build();
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this)
            .name(NAME)
            .addOption(config)
            .addOption(host)
            .addOption(port)
            .addOption(stateFolder)
            .addOption(noDiscovery);

    private final ConfigFiles files;
    private final UsualPlaces places;
    private final Function<Duration, Stopping> stops;
    private final Consumer<Listener> begun;
    private final Supplier<Plugins> found;

    /**
     * A server that is told to stop in another way than by a signal.
     *
     * @param files where it looks for a configuration
     * @param places where it looks for model servers if there is no configuration
     * @param stops makes what tells it, from the longest that ending may take
     * @param begun is told of the listener as soon as it listens, on the thread that serves
     * @param found gives what there is to serve with
     */
    ServeCommand(
            ConfigFiles files,
            UsualPlaces places,
            Function<Duration, Stopping> stops,
            Consumer<Listener> begun,
            Supplier<Plugins> found) {
        this.files = files;
        this.places = places;
        this.stops = stops;
        this.begun = begun;
        this.found = found;
        spec.usageMessage()
                .description(
                        "Runs the server. Without a configuration it serves the model servers it finds on this machine.");
    }

    /** The one of this process. */
    ServeCommand(Supplier<Plugins> found) {
        this(ConfigFiles.ofProcess(), UsualPlaces.OF_THIS_MACHINE, Stopping::listening, listener -> {}, found);
    }

    private static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .defaultValue("")
                .description(description)
                .build();
    }

    /** What picocli has to know of it. */
    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        Overrides said = said();
        Plugins plugins = found.get();
        plugins.broken().forEach(ServeCommand::warn);
        Optional<Path> file = files.find(config.getValue());
        Overrides overrides = said.or(files.overrides());
        return file.isPresent() ? configured(file.get(), plugins, overrides) : firstRun(plugins, overrides);
    }

    private static void warn(String problem) {
        LoggerFactory.getLogger("dev.signalbox.server").warn("{}", problem);
    }

    private Overrides said() {
        int number = port.getValue();
        if (number > 65_535 || number < -1) {
            throw new Trouble("--port is %d, which is not a port, 0 to 65535.".formatted(number));
        }
        String address = host.getValue();
        return new Overrides(
                Optional.of(address.strip()).filter(given -> !given.isEmpty()),
                number < 0 ? Optional.empty() : Optional.of(number));
    }

    private int configured(Path file, Plugins plugins, Overrides overrides) throws InterruptedException {
        Configuration configuration = Configuration.read(file);
        Problems problems = new Problems();
        Listening listening = new ListeningReader(problems).read(configuration, overrides);
        configuration.check(plugins, problems);
        new OwnAddress(listening).check(configuration, plugins, problems);
        if (!problems.isEmpty()) {
            configuration.rehearse(plugins, problems); // so that what plugins have against it is told with the rest
        }
        problems.throwIfAny();
        Stopping stopping = stops.apply(listening.grace().plus(ENDING));
        try (Router router = routed(plugins, configuration);
                Listener server = start(router, listening);
                Background ignored = Background.start()) {
            boolean keys = listening.ingress().callers().any();
            greet(server, "Serving " + file, greeting(router, configuration, keys));
            begun.accept(server);
            stopping.await();
        } finally {
            stopping.over();
        }
        return 0;
    }

    private Router routed(Plugins plugins, Configuration configuration) {
        RouterBuilder builder = Router.builder().plugins(plugins).configuration(configuration);
        String folder = stateFolder.getValue();
        if (!folder.isEmpty()) {
            builder.stateFolder(Path.of(folder));
        }
        return builder.build();
    }

    private int firstRun(Plugins plugins, Overrides overrides) throws InterruptedException {
        Listening listening = new ListeningReader(new Problems()).unwritten(overrides);
        Stopping stopping = stops.apply(listening.grace().plus(ENDING));
        try (FirstRun first = new FirstRun(plugins, places, spec.commandLine().getErr(), FirstRun.AGAIN);
                Listener server = start(first, listening);
                Background ignored = Background.start()) {
            greet(server, "There is no configuration; \"signalbox init\" writes one.", first.greeting());
            if (noDiscovery.<Boolean>getValue()) {
                first.serveDemoOnly();
            } else {
                first.look(server.port());
            }
            begun.accept(server);
            stopping.await();
        } finally {
            stopping.over();
        }
        return 0;
    }

    private static Listener start(Routing routing, Listening listening) {
        try {
            return Listener.start(routing, listening);
        } catch (CannotListen failure) {
            throw Trouble.listening(failure, listening, failure.port());
        } catch (RuntimeException failure) {
            throw Trouble.listening(failure, listening, listening.port());
        }
    }

    private static Greeting greeting(Router router, Configuration configuration, boolean keys) {
        if (!hasBackends(configuration)) {
            return new Greeting.Nobody();
        }
        if (configuration.section("default").isPresent()) {
            return new Greeting.Ask("auto", keys);
        }
        return FirstModel.of(router.models())
                .<Greeting>map(model -> new Greeting.Ask(model, keys))
                .orElseGet(() -> new Greeting.Names(keys));
    }

    private static boolean hasBackends(Configuration configuration) {
        return configuration.section("backends").orElse(null) instanceof ConfigNode.Table backends
                && !backends.members().isEmpty();
    }

    private void greet(Listener server, String first, Greeting greeting) {
        PrintWriter out = spec.commandLine().getErr();
        out.println("Signalbox %s listens on %s".formatted(VersionCommand.version(), server.uri()));
        server.tasks().ifPresent(uri -> out.println("Tasks are taken on " + uri));
        server.ollama().ifPresent(uri -> out.println("Tools that look for Ollama find it on " + uri));
        out.println(first);
        out.println();
        out.println(greeting.text(server.uri()));
        out.println();
        out.flush();
    }
}
