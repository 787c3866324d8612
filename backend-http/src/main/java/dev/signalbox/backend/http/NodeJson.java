package dev.signalbox.backend.http;

import dev.signalbox.api.JsonText;
import dev.signalbox.spi.ConfigNode;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Configuration as JSON: numbers, {@code true}, {@code false} and {@code null} are what they look like. */
final class NodeJson {

    private static final Pattern LITERAL =
            Pattern.compile("true|false|null|-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?([eE][+-]?\\d{1,3})?");

    private NodeJson() {}

    static String of(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Text text ->
                LITERAL.matcher(text.value()).matches() ? text.value() : JsonText.quote(text.value());
            case ConfigNode.Sequence list ->
                list.items().stream().map(NodeJson::of).collect(Collectors.joining(",", "[", "]"));
            case ConfigNode.Table table ->
                table.members().entrySet().stream()
                        .map(each -> JsonText.quote(each.getKey()) + ":" + of(each.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }
}
