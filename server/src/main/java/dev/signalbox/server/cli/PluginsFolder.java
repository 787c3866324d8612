package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipFile;

/** The folder of the installation whose jars are on the class path. A JVM passes over a file there that is no jar. */
final class PluginsFolder {

    private PluginsFolder() {}

    /** Everything on the class path of this process, and what of its installation's folder cannot be there. */
    static Plugins discovered() {
        String home = System.getProperty("signalbox.home", "");
        Plugins all = Plugins.discovered();
        return home.isEmpty() ? all : beside(all, Path.of(home, "plugins"));
    }

    /** These, and what of that folder cannot be among them. */
    static Plugins beside(Plugins usable, Path folder) {
        Plugins all = usable;
        for (String problem : problems(folder)) {
            all = all.unreadable(problem);
        }
        return all;
    }

    private static List<String> problems(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            jars.forEach(jar -> check(jar, problems));
        } catch (IOException unreadable) {
            problems.add("%s/ cannot be read: %s".formatted(folder.getFileName(), unreadable.getMessage()));
        }
        Collections.sort(problems);
        return problems;
    }

    /** A folder of classes can be used under any name. */
    private static void check(Path jar, List<String> problems) {
        if (Files.isDirectory(jar)) {
            return;
        }
        try (ZipFile opened = new ZipFile(jar.toFile())) {
            opened.size();
        } catch (IOException broken) {
            problems.add("plugins/%s cannot be read as a jar and is passed over; was it copied in full? (%s)"
                    .formatted(jar.getFileName(), broken.getMessage()));
        }
    }
}
