package dev.signalbox.core.translate;

import dev.signalbox.api.Edit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request lost by being said in another dialect. Each thing counts once, at the first place it is lost at: a long
 * conversation has many places. One thread uses it.
 */
public final class Losses {

    private static final int MOST = 64; // names come from clients, and go into a header

    private final Map<String, String> lost = new LinkedHashMap<>();

    /** A member of something cannot be said. */
    public void lose(Origin of, String member) {
        lose(member, of.pointer(member));
    }

    /**
     * Something cannot be said.
     *
     * @param what a word or two for the client, such as {@code seed}
     * @param pointer where it stands in the client's request
     */
    public void lose(String what, String pointer) {
        if (lost.size() < MOST) {
            lost.putIfAbsent(what, pointer);
        }
    }

    /** As edits of the client's request, which say what is taken out. */
    public List<Edit> edits() {
        return lost.entrySet().stream()
                .map(each -> Edit.remove(each.getValue()).dropping(each.getKey()))
                .toList();
    }
}
