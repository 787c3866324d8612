package dev.signalbox.server.cli;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Remark;
import dev.signalbox.core.Remark.Weight;
import dev.signalbox.server.command.Argument;
import dev.signalbox.server.command.Command;
import dev.signalbox.server.command.Console;
import dev.signalbox.server.command.Given;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.Problems;
import java.nio.file.Path;
import java.util.List;

/** Tells everything that is wrong with a configuration, and what in it does not do what it says. Opens nothing. */
final class CheckCommand implements Command {

    private static final Argument<String> CONFIG = ConfigFiles.argument("The configuration.");

    private static final Argument<Boolean> STRICT =
            Argument.flag("strict", "Exit code 1 for warnings, too; never for notes.");

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String doc() {
        return "Tells everything that is wrong with the configuration, exit code 1 if anything is, and warns of what"
                + " can be used and does not do what it says.";
    }

    @Override
    public List<Argument<?>> arguments() {
        return List.of(CONFIG, STRICT);
    }

    @Override
    public int run(Given given, Console console) {
        Path file = ConfigFiles.ofProcess().need(given.get(CONFIG));
        Plugins plugins = Plugins.discovered();
        Configuration configuration = Configuration.read(file);
        Problems problems = new Problems();
        new ListeningReader(problems).read(configuration, Overrides.NONE);
        configuration.rehearse(plugins, problems);
        problems.throwIfAny();
        List<String> broken = plugins.broken();
        broken.forEach(each -> console.err().println("Warning: " + each));
        List<Remark> remarks = configuration.remarks(plugins);
        remarks.forEach(remark -> tell(console, remark));
        boolean warned = !broken.isEmpty() || remarks.stream().anyMatch(each -> each.weight() == Weight.WARNING);
        if (given.get(STRICT) && warned) {
            return 1;
        }
        console.out().println(file + (warned ? " can be used." : " is right."));
        return 0;
    }

    private static void tell(Console console, Remark remark) {
        String weight = remark.weight() == Weight.WARNING ? "Warning" : "Note";
        console.err().println("%s: %s%n    %s".formatted(weight, remark.where(), remark.message()));
    }
}
