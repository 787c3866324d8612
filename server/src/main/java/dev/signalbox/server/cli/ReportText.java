package dev.signalbox.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A report in words, whatever it is about: what belongs together below each other, lists of the same things as tables.
 * What is named {@code …_bytes} is a size.
 */
final class ReportText {

    private static final String BYTES = "_bytes";
    private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB");

    private ReportText() {}

    static String of(JsonNode content) {
        List<String> lines = new ArrayList<>();
        write(content, "", lines);
        return String.join(System.lineSeparator(), lines);
    }

    private static void write(JsonNode node, String indent, List<String> lines) {
        if (node.isArray()) {
            list(node, indent, lines);
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                member(member.getKey(), member.getValue(), indent, lines);
            }
        } else {
            lines.add(indent + node.asText());
        }
    }

    private static void member(String name, JsonNode value, String indent, List<String> lines) {
        String label = indent + words(name) + ":";
        if (value.isContainerNode() && !value.isEmpty()) {
            lines.add(label);
            write(value, indent + "  ", lines);
        } else {
            lines.add(label + " " + (value.isContainerNode() ? "none" : shown(name, value)));
        }
    }

    private static void list(JsonNode list, String indent, List<String> lines) {
        if (isTable(list)) {
            table(list).lines().forEach(line -> lines.add(indent + line));
            return;
        }
        for (JsonNode each : list) {
            if (each.isContainerNode()) {
                lines.add(indent + "-");
                write(each, indent + "  ", lines);
            } else {
                lines.add(indent + "- " + each.asText());
            }
        }
    }

    private static boolean isTable(JsonNode list) {
        for (JsonNode each : list) {
            if (!each.isObject()
                    || each.properties().stream()
                            .anyMatch(member -> member.getValue().isContainerNode())) {
                return false;
            }
        }
        return true;
    }

    private static String table(JsonNode list) {
        Set<String> names = new LinkedHashSet<>();
        list.forEach(each -> each.fieldNames().forEachRemaining(names::add));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode each : list) {
            rows.add(names.stream().map(name -> shown(name, each.path(name))).toList());
        }
        return Tables.of(names.stream().map(ReportText::words).toList(), rows);
    }

    private static String shown(String name, JsonNode value) {
        boolean size = (name.endsWith(BYTES) || name.equals("bytes")) && value.isNumber();
        return size ? size(value.asLong()) : value.asText("");
    }

    private static String size(long bytes) {
        double shown = bytes;
        int unit = 0;
        while (Math.abs(shown) >= 1024 && unit < UNITS.size() - 1) {
            shown /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", shown, UNITS.get(unit));
    }

    private static String words(String name) {
        String plain = name.endsWith(BYTES) ? name.substring(0, name.length() - BYTES.length()) : name;
        return plain.replace('_', ' ');
    }
}
