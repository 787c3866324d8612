package dev.signalbox.core.translate;

import dev.signalbox.api.Edit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a request lost by being said in another dialect. Each thing counts once, at the first place it is lost at: a long
 * conversation has many places. Hints, which change nothing of the answer, are left out without being a loss: the trace
 * tells of them, the client does not hear it. One thread uses it.
 */
public final class Losses {

    private static final int MOST = 64; // names come from clients, and go into a header

    private final Map<String, String> lost = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    private final Set<String> hints;

    /** What is lost of a request in whose dialect nothing is a hint. */
    public Losses() {
        this(Set.of());
    }

    /**
     * What is lost of a request.
     *
     * @param hints the names of what changes nothing of an answer in its dialect
     */
    public Losses(Set<String> hints) {
        this.hints = hints;
    }

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
        Map<String, String> all = hints.contains(what) ? leftOut : lost;
        if (all.size() < MOST) {
            all.putIfAbsent(what, pointer);
        }
    }

    /** As edits of the client's request, which say what is taken out. */
    public List<Edit> edits() {
        Stream<Edit> losses = lost.entrySet().stream()
                .map(each -> Edit.remove(each.getValue()).dropping(each.getKey()));
        return Stream.concat(losses, leftOut.values().stream().map(Edit::remove))
                .toList();
    }
}
