package dev.signalbox.core.plugin;

import java.net.URL;
import java.security.CodeSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** File names of jars: enough to find one in a folder, and nothing about the machine. */
final class Jars {

    private static final Pattern JAR = Pattern.compile("([^/\\\\]+\\.jar)(!|$)");
    private static final Pattern LAST = Pattern.compile("([^/\\\\]+)/*$");

    private Jars() {}

    /** The jar or folder a class came from; empty if it came from neither. */
    static String of(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(URL::getPath)
                .map(Jars::nameIn)
                .orElse("");
    }

    /** The jar that a location names, else the last part of it. */
    static String nameIn(String location) {
        Matcher jar = JAR.matcher(location);
        if (jar.find()) {
            return jar.group(1);
        }
        Matcher last = LAST.matcher(location);
        return last.find() ? last.group(1) : "";
    }
}
