package dev.signalbox.server.cli;

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

    /** What is wrong with the files of this process's installation; nothing where there is none. */
    static List<String> problems() {
        String home = System.getProperty("signalbox.home", "");
        return home.isEmpty() ? List.of() : problems(Path.of(home, "plugins"));
    }

    static List<String> problems(Path folder) {
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

    private static void check(Path jar, List<String> problems) {
        try (ZipFile opened = new ZipFile(jar.toFile())) {
            opened.size();
        } catch (IOException broken) {
            problems.add("plugins/%s is passed over, as it cannot be read as a jar: %s. Was it copied in full?"
                    .formatted(jar.getFileName(), broken.getMessage()));
        }
    }
}
