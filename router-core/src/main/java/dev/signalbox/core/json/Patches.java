package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.Body;
import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import dev.signalbox.core.json.Sought.Box;
import dev.signalbox.core.json.Sought.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Turns edits and the places they name into patches. */
final class Patches {

    private final Body body;
    private final List<Patch> made = new ArrayList<>();

    private Patches(Body body) {
        this.body = body;
    }

    /** The patches in the order of their places. */
    static List<Patch> of(Body body, Sought root) throws IOException {
        Patches patches = new Patches(body);
        patches.collect(root);
        patches.made.sort(Patch.IN_ORDER);
        return patches.made;
    }

    private void collect(Sought node) throws IOException {
        if (node.box().isPresent()) {
            into(node, node.box().get());
        }
        for (Sought child : node.children()) {
            collect(child);
        }
    }

    private void into(Sought holder, Box box) throws IOException {
        List<Sought> removed = new ArrayList<>();
        List<String> appended = new ArrayList<>();
        for (Map.Entry<String, Sought> named : holder.named()) {
            Sought child = named.getValue();
            if (child.edit().isEmpty()) {
                continue;
            }
            Edit edit = child.edit().get();
            if (edit.action() == Edit.Action.INSERT) {
                insert(named.getKey(), child, edit.json(), box, appended);
            } else if (child.place().isPresent() && edit.action() == Edit.Action.REMOVE) {
                removed.add(child);
            } else if (child.place().isPresent()) {
                replace(child.place().get(), edit.json());
            }
        }
        remove(removed, box);
        append(appended, box, box.count() > removed.size());
    }

    private void insert(String name, Sought child, String json, Box box, List<String> appended) {
        boolean atEnd = name.equals("-") || name.equals(Integer.toString(box.count()));
        if (!box.array() && child.place().isEmpty()) {
            appended.add(JsonText.quote(name) + ":" + json);
        } else if (box.array() && child.place().isPresent()) {
            long at = child.place().get().start();
            made.add(new Patch(at, at, (json + ",").getBytes(UTF_8)));
        } else if (box.array() && atEnd) {
            appended.add(json);
        }
    }

    private void replace(Place place, String json) throws IOException {
        made.add(new Patch(place.value().start(), StringEnd.of(body, place.value()), json.getBytes(UTF_8)));
    }

    private void append(List<String> appended, Box box, boolean afterOthers) {
        if (!appended.isEmpty()) {
            String text = (afterOthers ? "," : "") + String.join(",", appended);
            made.add(new Patch(box.close(), box.close(), text.getBytes(UTF_8)));
        }
    }

    /** What goes takes the comma after it along; what goes at the end, the comma before it. */
    private void remove(List<Sought> removed, Box box) throws IOException {
        removed.sort(Comparator.comparingInt(child -> place(child).ordinal()));
        int tail = tail(removed, box.count());
        for (Sought child : removed.subList(0, tail)) {
            made.add(Patch.cut(place(child).start(), child.next()));
        }
        if (tail < removed.size()) {
            Place first = place(removed.get(tail));
            long end = StringEnd.of(body, place(removed.getLast()).value());
            boolean alone = first.ordinal() == 0;
            made.add(Patch.cut(
                    alone ? first.start() : StringEnd.of(body, first.before().orElseThrow()), end));
        }
    }

    /** From which of the removed on nothing is kept. */
    private static int tail(List<Sought> removed, int count) {
        int tail = removed.size();
        while (tail > 0 && place(removed.get(tail - 1)).ordinal() == count - 1 - (removed.size() - tail)) {
            tail--;
        }
        return tail;
    }

    private static Place place(Sought child) {
        return child.place().orElseThrow();
    }
}
