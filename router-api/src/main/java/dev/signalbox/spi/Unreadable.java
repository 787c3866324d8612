package dev.signalbox.spi;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says why a file that a configuration names cannot be read, and what to do. */
public final class Unreadable {

    private Unreadable() {}

    /** The words for a problem, from what reading the file has failed with. */
    public static String why(Path file, Exception failure) {
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
        return message.contains(file.toString()) ? message : "%s cannot be read: %s".formatted(file, message);
    }
}
