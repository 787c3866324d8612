package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all translations of a task share: what its members mean to a model that chats. */
final class TaskWords {

    /** Sampling that the dialects of chats have under the same names. */
    static final List<String> SAMPLING = List.of("temperature", "top_p", "seed", "stop");

    /** What the router itself reads; a model need not know it. */
    private static final Set<String> OURS =
            Set.of("model", "profile", "task_type", "urgency", "role", "agent", "stream");

    private static final Set<String> SAID =
            Set.of("prompt", "context", "system", "instruction", "max_tokens", "tools", "tool_choice");

    private TaskWords() {}

    /** Takes out what nobody asked in chats would understand. */
    static List<Edit> losses(ObjectNode said) {
        List<Edit> losses = new ArrayList<>(0);
        for (Map.Entry<String, JsonNode> member : said.properties()) {
            String name = member.getKey();
            if (!OURS.contains(name) && !SAID.contains(name) && !SAMPLING.contains(name)) {
                losses.add(Edit.remove("/" + name.replace("~", "~0").replace("/", "~1"))
                        .dropping(name));
            }
        }
        return losses;
    }

    /** The system prompt, if there is one, and the prompt. */
    static void messages(ObjectNode said, ArrayNode messages) {
        String system = joined(said, "instruction", "system");
        if (!system.isEmpty()) {
            messages.addObject().put("role", "system").put("content", system);
        }
        messages.addObject().put("role", "user").put("content", joined(said, "context", "prompt"));
    }

    private static String joined(ObjectNode said, String first, String second) {
        return Stream.of(first, second)
                .map(name -> said.path(name).asText(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    /** Takes a member over as it is, unless it is not there or null. */
    static void copy(ObjectNode said, String name, ObjectNode into, String as) {
        JsonNode value = said.path(name);
        if (!value.isMissingNode() && !value.isNull()) {
            into.set(as, value);
        }
    }
}
