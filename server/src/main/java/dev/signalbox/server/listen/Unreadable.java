package dev.signalbox.server.listen;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says why a file cannot be read, and what to do. */
final class Unreadable {

    private Unreadable() {}

    static String why(Path file, Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no file %s. Is the path right? Relative ones begin at the configuration's folder"
                    .formatted(file);
        }
        if (failure instanceof AccessDeniedException) {
            return "%s may not be read by the user %s. Give that user the right to"
                    .formatted(file, System.getProperty("user.name"));
        }
        return Files.isDirectory(file)
                ? "%s is a folder, not a file".formatted(file)
                : "%s cannot be read: %s".formatted(file, failure.getMessage());
    }
}
