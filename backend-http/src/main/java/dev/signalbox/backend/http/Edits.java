package dev.signalbox.backend.http;

import dev.signalbox.api.Edit;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The edits that servers commonly need, each made only where the request calls for it. */
public final class Edits {

    private static final String NONE = "\"none\"";

    private Edits() {}

    /** Takes out top-level members that are {@code null}. */
    public static List<Edit> withoutNulls(RequestView request) {
        List<Edit> edits = new ArrayList<>(0);
        for (String member : request.members()) {
            if (request.isNull(member)) {
                edits.add(Edit.remove(pointer(member)));
            }
        }
        return edits;
    }

    /** Gives a member another name, unless the request has that one too: then it only loses the old one. */
    public static List<Edit> renamed(RequestView request, String from, String to) {
        Optional<String> value = request.raw(pointer(from));
        if (value.isEmpty() || isNull(request, from)) {
            return List.of();
        }
        Edit old = Edit.remove(pointer(from));
        if (request.raw(pointer(to)).isEmpty()) {
            return List.of(old, Edit.insert(pointer(to), value.get()));
        }
        return isNull(request, to)
                ? List.of(old, Edit.remove(pointer(to)), Edit.insert(pointer(to), value.get()))
                : List.of(old);
    }

    /** Takes out members that the server cannot take, telling the client what it loses. */
    public static List<Edit> without(RequestView request, String... members) {
        List<Edit> edits = new ArrayList<>();
        for (String member : members) {
            if (request.raw(pointer(member)).isPresent()) {
                edits.add(Edit.remove(pointer(member)).dropping(member));
            }
        }
        return edits;
    }

    /**
     * Takes out members that the server ignores without a word, and tells the client so.
     *
     * @param harmless those members, each with the values with which it asks for what the server does anyway
     */
    public static List<Edit> ignored(RequestView request, Map<String, Set<String>> harmless) {
        List<Edit> edits = new ArrayList<>(0);
        harmless.forEach((member, values) -> request.raw(pointer(member))
                .filter(value -> !value.equals("null") && !values.contains(value))
                .ifPresent(value -> edits.add(Edit.remove(pointer(member)).dropping(member))));
        return edits;
    }

    /** Offers no tools where the client lets none of them be called: for a server that does not look at that choice. */
    public static List<Edit> uncalledTools(RequestView request) {
        String choice = request.raw("/tool_choice").orElse("");
        boolean none = choice.equals(NONE)
                || request.raw("/tool_choice/type").filter(NONE::equals).isPresent();
        if (!none) {
            return List.of();
        }
        List<Edit> edits = new ArrayList<>(List.of(Edit.remove("/tool_choice")));
        request.raw("/tools").ifPresent(tools -> edits.add(Edit.remove("/tools")));
        return edits;
    }

    /** Adds members that the request does not have. */
    public static List<Edit> under(RequestView request, Map<String, String> defaults) {
        return defaults.entrySet().stream()
                .filter(each -> request.raw(pointer(each.getKey())).isEmpty())
                .map(each -> Edit.insert(pointer(each.getKey()), each.getValue()))
                .toList();
    }

    /** Whether a top-level member is there and {@code null}. */
    public static boolean isNull(RequestView request, String member) {
        return request.isNull(member);
    }

    /** The JSON Pointer to a top-level member. */
    public static String pointer(String member) {
        boolean plain = member.indexOf('~') < 0 && member.indexOf('/') < 0;
        return "/" + (plain ? member : member.replace("~", "~0").replace("/", "~1"));
    }
}
