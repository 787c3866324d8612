package dev.signalbox.core.config;

import java.util.Optional;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * What YAML has and a configuration does not: anchors, aliases and tags. They make a small file large and a value
 * other than what it looks like.
 */
final class YamlExtras {

    private YamlExtras() {}

    /** What is wrong with the event; empty if nothing is. */
    static Optional<String> in(Event event) {
        return switch (event) {
            case AliasEvent alias ->
                Optional.of(
                        "*%s is an alias of YAML, which is not read here. Write the value itself, in quotes if it begins with a star"
                                .formatted(alias.getAnchor()));
            case NodeEvent node
            when node.getAnchor() != null ->
                Optional.of("&%s is an anchor of YAML, which is not read here. Leave it out, or put the value in quotes"
                        .formatted(node.getAnchor()));
            case ScalarEvent scalar when scalar.getTag() != null -> Optional.of(tag(scalar.getTag()));
            case CollectionStartEvent collection
            when collection.getTag() != null -> Optional.of(tag(collection.getTag()));
            default -> Optional.empty();
        };
    }

    private static String tag(String tag) {
        return "\"%s\" is a tag of YAML, which is not read here. Leave it out, or put the value in quotes"
                .formatted(tag.replace("tag:yaml.org,2002:", "!!"));
    }
}
