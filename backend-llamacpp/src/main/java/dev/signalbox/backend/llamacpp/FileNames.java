package dev.signalbox.backend.llamacpp;

import java.util.Locale;

/** Names of models that are paths of files, as a server lists its one model if nobody gave it an alias. */
final class FileNames {

    private static final String ENDING = ".gguf";

    private FileNames() {}

    /** A path to a GGUF file becomes the file's own name: where it lies is nobody's business. Other names stay. */
    static String modelOf(String id) {
        if (!id.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            return id;
        }
        String file = id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf('\\')) + 1);
        String name = file.substring(0, file.length() - ENDING.length());
        return name.isBlank() ? id : name;
    }
}
