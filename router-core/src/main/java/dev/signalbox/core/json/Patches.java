package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.Body;
import dev.signalbox.api.JsonText;
import dev.signalbox.core.json.JsonIndex.Span;
import dev.signalbox.core.json.Sought.Box;
import dev.signalbox.core.json.Sought.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Turns what edits made of the places that were found into patches. */
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

    private void collect(Sought holder) throws IOException {
        if (holder.box().isEmpty()) {
            return;
        }
        List<Sought> removed = new ArrayList<>();
        List<String> appended = new ArrayList<>(holder.fate().appended());
        for (Map.Entry<String, Sought> named : holder.children()) {
            Sought child = named.getValue();
            if (child.place().isPresent()) {
                there(child, child.place().get(), removed);
            } else {
                String name = child.fate().name().orElse(named.getKey());
                child.fate().value().ifPresent(json -> appended.add(JsonText.quote(name) + ":" + json));
            }
        }
        Box box = holder.box().get();
        remove(removed, box);
        append(appended, box, box.count() > removed.size());
    }

    private void there(Sought child, Place place, List<Sought> removed) throws IOException {
        Fate fate = child.fate();
        String before = String.join(",", fate.before());
        if (fate.gone() && before.isEmpty()) {
            removed.add(child);
        } else if (fate.gone()) {
            replace(place, before); // what is put in takes the place, and the commas, of what goes
        } else {
            if (!before.isEmpty()) {
                made.add(new Patch(place.start(), place.start(), (before + ",").getBytes(UTF_8)));
            }
            if (fate.name().isPresent()) {
                rename(place, fate.name().get());
            }
            if (fate.value().isPresent()) {
                replace(place, fate.value().get());
            } else {
                collect(child);
            }
        }
    }

    private void replace(Place place, String json) throws IOException {
        made.add(new Patch(place.value().start(), StringEnd.of(body, place.value()), json.getBytes(UTF_8)));
    }

    private void rename(Place place, String name) throws IOException {
        long end = StringEnd.of(body, new Span(place.start(), -1));
        made.add(new Patch(place.start(), end, JsonText.quote(name).getBytes(UTF_8)));
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
