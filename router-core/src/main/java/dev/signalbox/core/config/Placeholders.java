package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values from outside in the place of a dollar sign with a name, or a name, a colon and a default, in braces. Two
 * dollar signs stand for one that is meant as it is. What is put in is not looked at again.
 */
record Placeholders(Function<String, Optional<String>> environment) {

    private static final Pattern PLACE = Pattern.compile("(\\$)?\\$\\{(?:([^}:]*)(:[^}]*)?(}))?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** The scalar with every placeholder replaced. */
    ConfigNode.Text replace(Where where, String written, Problems problems) {
        if (!written.contains("${")) {
            return new ConfigNode.Text(where, written);
        }
        StringBuilder value = new StringBuilder();
        Matcher place = PLACE.matcher(written);
        int from = 0;
        while (place.find(from)) {
            value.append(written, from, place.start());
            if (place.group(1) != null) {
                value.append("${");
                from = place.start() + 3;
            } else {
                value.append(valueOf(place, where, problems));
                from = place.end();
            }
        }
        return new ConfigNode.Text(
                where, value.append(written, from, written.length()).toString(), written);
    }

    private String valueOf(Matcher place, Where where, Problems problems) {
        if (place.group(4) == null) {
            problems.addMissing(where, "\"${\" without \"}\". Write ${NAME} or ${NAME:default}, or $${ for ${ itself");
            return "";
        }
        String name = place.group(2);
        if (!NAME.matcher(name).matches()) {
            problems.addMissing(
                    where, "${%s} does not name an environment variable. Write $${ for ${ itself".formatted(name));
            return "";
        }
        Optional<String> fallback = Optional.ofNullable(place.group(3)).map(text -> text.substring(1));
        return environment.apply(name).or(() -> fallback).orElseGet(() -> {
            problems.addMissing(
                    where,
                    "the environment variable %s is not set. Set it, or write ${%s:default}".formatted(name, name));
            return "";
        });
    }
}
