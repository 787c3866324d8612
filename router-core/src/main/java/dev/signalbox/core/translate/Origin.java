package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where a thing comes from, and what was said of it that the model has no word for.
 *
 * @param dialect whose words the rest is in
 * @param pointer a JSON Pointer to where it stood; empty for the request itself
 * @param rest the members that the model has no word for, in their order, none of them null; {@code image_url.detail} is a
 *     member of a member
 */
public record Origin(Dialect dialect, String pointer, Map<String, JsonNode> rest) {

    public Origin {
        rest = rest.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(rest));
    }

    /** Of something that has nothing the model has no word for. */
    public static Origin at(Dialect dialect, String pointer) {
        return new Origin(dialect, pointer, Map.of());
    }

    /** The same without members that say what is so anyway: to leave those out loses nothing. */
    Origin without(Map<String, Set<String>> noNews) {
        Map<String, JsonNode> news = new LinkedHashMap<>(rest);
        news.entrySet()
                .removeIf(member -> noNews.getOrDefault(member.getKey(), Set.of())
                        .contains(member.getValue().toString()));
        return new Origin(dialect, pointer, news);
    }

    /** The place of a member of it; a dot leads into a member. */
    public String pointer(String member) {
        return pointer + "/" + member.replace("~", "~0").replace("/", "~1").replace('.', '/');
    }

    /** Says the rest again in the dialect it is from; in every other one it is lost. */
    public void rest(Dialect spoken, ObjectNode into, Losses losses) {
        if (spoken.equals(dialect)) {
            rest.forEach((member, value) -> say(into, member, value));
        } else {
            lose(losses);
        }
    }

    /**
     * Says the rest again in the dialect it is from, and in another one of its family what that one has, too.
     *
     * @param theirs how members of others in the family are called in the dialect that is spoken
     */
    void rest(Dialect spoken, Map<String, String> theirs, ObjectNode into, Losses losses) {
        Map<String, String> same = kin(spoken) ? theirs : Map.of();
        rest.forEach((member, value) -> {
            String name = in(spoken) ? member : same.getOrDefault(member, "");
            if (name.isEmpty()) {
                losses.lose(this, member);
            } else {
                say(into, name, value);
            }
        });
    }

    /** Whether it was said in a dialect of the same family, which has much the same words. */
    boolean kin(Dialect spoken) {
        return spoken.family().equals(dialect.family());
    }

    private static void say(ObjectNode into, String member, JsonNode value) {
        int dot = member.indexOf('.');
        if (dot > 0 && into.path(member.substring(0, dot)) instanceof ObjectNode inner) {
            inner.set(member.substring(dot + 1), value);
        } else {
            into.set(member, value);
        }
    }

    /** The rest cannot be said, whoever is spoken to. */
    public void lose(Losses losses) {
        rest.keySet().forEach(member -> losses.lose(this, member));
    }

    /** Whether it was said in that dialect. */
    public boolean in(Dialect spoken) {
        return spoken.equals(dialect);
    }
}
