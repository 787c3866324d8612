package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a thing comes from, and what was said of it that the model has no word for.
 *
 * @param dialect whose words the rest is in
 * @param pointer a JSON Pointer to where it stood; empty for the request itself
 * @param rest the members that the model has no word for, in their order; none of them is null
 */
public record Origin(Dialect dialect, String pointer, Map<String, JsonNode> rest) {

    public Origin {
        rest = rest.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(rest));
    }

    /** Of something that has nothing the model has no word for. */
    public static Origin at(Dialect dialect, String pointer) {
        return new Origin(dialect, pointer, Map.of());
    }

    /** The place of a member of it. */
    public String pointer(String member) {
        return pointer + "/" + member.replace("~", "~0").replace("/", "~1");
    }

    /** Says the rest again in the dialect it is from; in every other one it is lost. */
    public void rest(Dialect spoken, ObjectNode into, Losses losses) {
        if (spoken.equals(dialect)) {
            rest.forEach(into::set);
        } else {
            rest.keySet().forEach(member -> losses.lose(this, member));
        }
    }
}
