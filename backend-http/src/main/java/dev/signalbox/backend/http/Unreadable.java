package dev.signalbox.backend.http;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says why a store of keys or certificates cannot be read, and what to do. */
final class Unreadable {

    private Unreadable() {}

    static String why(Path file, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no file %s. Is the path right? Relative ones begin at the configuration's folder"
                    .formatted(file);
        }
        if (failure instanceof AccessDeniedException) {
            return "%s may not be read by the user %s. Give that user the right to"
                    .formatted(file, System.getProperty("user.name"));
        }
        if (Files.isDirectory(file)) {
            return "%s is a folder, not a file".formatted(file);
        }
        String message = String.valueOf(failure.getMessage());
        return message.contains(file.toString()) ? message : "%s cannot be opened: %s".formatted(file, message);
    }
}
