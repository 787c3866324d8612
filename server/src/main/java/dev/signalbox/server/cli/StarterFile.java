package dev.signalbox.server.cli;

import dev.signalbox.api.JsonText;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The text of a first configuration, with comments that say what else there is. */
final class StarterFile {

    private StarterFile() {}

    /**
     * The text.
     *
     * @param backends the backends by name, each with its options
     * @param target where requests go that name no model; empty if nobody knows
     * @param made whether nothing was found and they are made up
     * @param types the types of backends there are
     */
    static String of(
            SequencedMap<String, Map<String, String>> backends, String target, boolean made, List<String> types) {
        String found = made
                ? "# No model server was found on this machine; this one answers without any."
                : "# Found on this machine.";
        String lines = backends.entrySet().stream()
                .map(each -> "  %s: { %s }".formatted(each.getKey(), options(each.getValue())))
                .collect(Collectors.joining("\n"));
        String first = backends.isEmpty() ? "laptop" : backends.firstEntry().getKey();
        return """
                # A configuration of Signalbox. "signalbox check" tells everything that is wrong with it.

                server: { host: 127.0.0.1, port: 8484 }

                # Who may ask. Without callers everybody on this machine may; listening elsewhere wants them.
                # callers: { alice: { key: "${ALICE_KEY}", scopes: [ admin ] } }

                %s
                backends:
                %s
                #  gpu: { type: TYPE, base-url: "http://gpu.local:8000", api-key: "${GPU_KEY}" }
                # TYPE is one of %s, or a plugin's.

                # A chain of targets, tried in order until one answers. A target is a backend and a model of it.
                # profiles:
                #   coding: { chain: [ gpu/qwen3-coder-30b, "%s/MODEL" ] }

                # Names that clients ask for, and what they mean.
                # aliases: { gpt-4o: coding, "claude-*": coding }

                # Where requests go that name no model.
                %s

                # At most one request at a time; others wait.
                # gates: { one-at-a-time: { of: [ %s ], places: 1, queue: 32 } }
                """.formatted(
                        found,
                        lines.isEmpty() ? "  {}" : lines,
                        String.join(", ", types),
                        first,
                        target.isEmpty() ? "# default: coding" : "default: " + JsonText.quote(target),
                        first);
    }

    private static String options(Map<String, String> options) {
        return options.entrySet().stream()
                .map(each -> each.getKey() + ": "
                        + (each.getKey().equals("type") ? each.getValue() : JsonText.quote(each.getValue())))
                .collect(Collectors.joining(", "));
    }
}
