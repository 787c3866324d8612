package dev.signalbox.backend.http;

import dev.signalbox.api.Edit;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The edits that servers commonly need, each made only where the request calls for it. */
public final class Edits {

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
