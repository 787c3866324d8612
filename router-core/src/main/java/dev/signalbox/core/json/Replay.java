package dev.signalbox.core.json;

import dev.signalbox.api.Body;
import dev.signalbox.api.Edit;
import dev.signalbox.core.json.Sought.Box;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Makes edits, one after the other, to places that were found; writes nothing yet. */
final class Replay {

    private Replay() {}

    /** Makes one edit. Whatever is on the way to its place was sought. */
    static void make(Sought root, Pointer pointer, Edit edit) throws IOException {
        Sought holder = root;
        List<String> parts = pointer.parts();
        for (int depth = 1; depth < parts.size(); depth++) {
            holder = holder.child(parts.get(depth - 1)).orElseThrow();
            if (holder.fate().gone()) {
                return;
            }
            Optional<String> exchanged = holder.fate().value();
            if (exchanged.isPresent()) {
                holder.fate().become(inside(exchanged.get(), pointer.below(depth), edit));
                return;
            }
        }
        Sought node = holder.child(pointer.last()).orElseThrow();
        if (holder.box().isPresent()) {
            make(holder, holder.box().get(), node, pointer.last(), edit);
        }
    }

    /** The name that an edit gives, which is one that does. */
    static String name(Edit rename) throws IOException {
        return Json.tree(rename.json()).asText("");
    }

    private static void make(Sought holder, Box box, Sought node, String name, Edit edit) throws IOException {
        Fate fate = node.fate();
        boolean there = node.isThere();
        switch (edit.action()) {
            case REPLACE -> {
                if (there) {
                    fate.become(edit.json());
                }
            }
            case REMOVE -> {
                if (there) {
                    fate.go();
                }
            }
            case INSERT -> {
                if (box.array()) {
                    insert(holder, box, node, name, edit.json());
                } else if (!there && !holder.has(name)) {
                    fate.become(edit.json());
                    holder.last(name, node);
                }
            }
            case RENAME -> {
                if (there && !box.array() && !holder.has(name(edit))) {
                    fate.called(name(edit));
                }
            }
        }
    }

    private static void insert(Sought array, Box box, Sought element, String index, String json) {
        if (element.place().isPresent()) {
            element.fate().before().add(json);
        } else if (index.equals("-") || index.equals(Integer.toString(box.count()))) {
            array.fate().appended().add(json);
        }
    }

    /** Edits what an earlier edit has put there. */
    private static String inside(String json, String pointer, Edit edit) throws IOException {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        Edit relative = new Edit(edit.action(), pointer, edit.json(), edit.drops());
        Splice.apply(Body.of(json), List.of(relative)).writeTo(changed);
        return changed.toString(StandardCharsets.UTF_8);
    }
}
