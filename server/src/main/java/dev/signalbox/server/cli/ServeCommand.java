package dev.signalbox.server.cli;

import dev.signalbox.api.ModelEntry;
import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import dev.signalbox.server.command.Argument;
import dev.signalbox.server.command.Command;
import dev.signalbox.server.command.Console;
import dev.signalbox.server.command.Given;
import dev.signalbox.server.listen.CannotListen;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Routing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Runs the server until it is told to stop. */
final class ServeCommand implements Command {

    /** How long everything but answers may take to end. */
    private static final Duration ENDING = Duration.ofSeconds(10);

    private static final Argument<String> CONFIG = ConfigFiles.argument("The configuration.");

    private static final Argument<String> HOST =
            Argument.named(Option.text("host").doc("The address to listen on.").orElse(""), "ADDRESS");

    private static final Argument<Optional<Long>> PORT = Argument.named(
            Option.integer("port", 0, 65_535)
                    .doc("The port to listen on; 0 takes a free one.")
                    .optional(),
            "PORT");

    private static final Argument<Boolean> NO_DISCOVERY =
            Argument.flag("no-discovery", "Looks for no servers on this machine.");

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String doc() {
        return "Runs the server. Without a configuration it serves the model servers it finds on this machine.";
    }

    @Override
    public List<Argument<?>> arguments() {
        return List.of(CONFIG, HOST, PORT, NO_DISCOVERY);
    }

    @Override
    public int run(Given given, Console console) throws InterruptedException {
        ConfigFiles files = ConfigFiles.ofProcess();
        Plugins plugins = Plugins.discovered();
        plugins.broken()
                .forEach(broken ->
                        LoggerFactory.getLogger("dev.signalbox.server").warn("{}", broken));
        Optional<Path> file = files.find(given.get(CONFIG));
        Overrides overrides = said(given).or(files.overrides());
        return file.isPresent()
                ? configured(file.get(), plugins, overrides, console)
                : firstRun(given.get(NO_DISCOVERY), plugins, overrides, console);
    }

    private static Overrides said(Given given) {
        return new Overrides(
                Optional.of(given.get(HOST).strip()).filter(host -> !host.isEmpty()),
                given.get(PORT).map(Long::intValue));
    }

    private static int configured(Path file, Plugins plugins, Overrides overrides, Console console)
            throws InterruptedException {
        Configuration configuration = Configuration.read(file);
        Problems problems = new Problems();
        Listening listening = new ListeningReader(problems).read(configuration, overrides);
        configuration.check(plugins, problems);
        problems.throwIfAny();
        Stopping stopping = Stopping.listening(listening.grace().plus(ENDING));
        try (Router router = Router.builder()
                        .plugins(plugins)
                        .configuration(configuration)
                        .build();
                Listener server = start(router, listening);
                Background ignored = Background.start()) {
            greet(console, server, "Serving " + file, greeting(router, configuration, listening));
            stopping.await();
        } finally {
            stopping.over();
        }
        return 0;
    }

    private static int firstRun(boolean noDiscovery, Plugins plugins, Overrides overrides, Console console)
            throws InterruptedException {
        Listening listening = new ListeningReader(new Problems()).unwritten(overrides);
        Stopping stopping = Stopping.listening(listening.grace().plus(ENDING));
        try (FirstRun first = new FirstRun(plugins, UsualPlaces.OF_THIS_MACHINE, console.err());
                Listener server = start(first, listening);
                Background ignored = Background.start()) {
            greet(console, server, "There is no configuration; \"signalbox init\" writes one.", Greeting.OPEN);
            if (noDiscovery) {
                first.serveDemoOnly();
            } else {
                first.look(server.port());
            }
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
            throw Trouble.listening(failure, listening.host(), failure.port());
        } catch (RuntimeException failure) {
            throw Trouble.listening(failure, listening.host(), listening.port());
        }
    }

    private static Greeting greeting(Router router, Configuration configuration, Listening listening) {
        String model = configuration.section("default").isPresent()
                ? Greeting.OPEN.model()
                : router.models().stream().findFirst().map(ModelEntry::id).orElse(Greeting.OPEN.model());
        return new Greeting(model, listening.ingress().callers().any());
    }

    private static void greet(Console console, Listener server, String first, Greeting greeting) {
        PrintWriter out = console.err();
        out.println("Signalbox %s listens on %s".formatted(VersionCommand.version(), server.uri()));
        server.tasks().ifPresent(uri -> out.println("Tasks are taken on " + uri));
        out.println(first);
        out.println();
        out.println(greeting.curl(server.uri()));
        out.println();
        out.flush();
    }
}
