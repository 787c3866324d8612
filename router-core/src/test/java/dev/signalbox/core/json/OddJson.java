package dev.signalbox.core.json;

import dev.signalbox.api.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes JSON as nobody would write it: odd spaces, spellings of numbers, escapes, empty and awkward names. */
final class OddJson {

    private static final String[] NAMES = {"a", "b", "", "-", "0", "1", "a/b", "m~n", "\u00e9", "model"};
    private static final String[] SCALARS = {
        "1",
        "-0",
        "1.50",
        "1e3",
        "1E+03",
        "true",
        "false",
        "null",
        "\"\"",
        "\"x\"",
        "\"\\\"\"",
        "\"\\\\\"",
        "\"a\\u0062c\"",
        "\"\u00fcber\"",
        "\"\ud83d\ude00\"",
        "\"{\\\"n\\\":1,[\"",
        "12345678901234567890.0001"
    };
    private static final String[] SPACES = {"", "", " ", "\n", "\t ", "\r\n  "};

    /** A value that keeps how it is written. */
    static final class Node {
        private final char kind; // {, [ or v
        private String scalar = "";
        private final List<String> names = new ArrayList<>();
        private final List<String> named = new ArrayList<>(); // how its name came
        private final List<String> spelled = new ArrayList<>(); // how its name stands now
        private final List<Node> children = new ArrayList<>();
        private final List<String> spaces = new ArrayList<>();
        private final List<Integer> origins = new ArrayList<>(); // where it stood before any edit; -1 for what is new
        private final List<Boolean> gone = new ArrayList<>();
        private final boolean fresh; // put in by an edit, so that indexes mean what is there now
        private int before; // how many elements there were before any edit

        private Node(char kind, boolean fresh) {
            this.kind = kind;
            this.fresh = fresh;
        }

        String text() {
            if (kind == 'v') {
                return scalar;
            }
            StringBuilder text = new StringBuilder().append(kind);
            String comma = "";
            for (int i = 0; i < children.size(); i++) {
                if (gone.get(i)) {
                    continue;
                }
                text.append(comma).append(spaces.get(i));
                comma = ",";
                if (kind == '{') {
                    text.append(spelled.get(i)).append(spaces.get(i)).append(':');
                }
                text.append(spaces.get(i)).append(children.get(i).text()).append(spaces.get(i));
            }
            return text.append(kind == '{' ? '}' : ']').toString();
        }

        void pointers(String here, List<String> into) {
            into.add(here + "/new");
            for (int i = 0; i < children.size(); i++) {
                String name = kind == '{' ? names.get(i).replace("~", "~0").replace("/", "~1") : "" + i;
                into.add(here + "/" + name);
                children.get(i).pointers(here + "/" + name, into);
            }
        }

        /** The naive edit. */
        void apply(Edit edit) {
            String[] parts = edit.pointer().substring(1).split("/", -1);
            Optional<Node> holder = Optional.of(this);
            for (int i = 0; i < parts.length - 1 && holder.isPresent(); i++) {
                holder = holder.get().child(unescaped(parts[i]));
            }
            holder.ifPresent(node -> node.change(unescaped(parts[parts.length - 1]), edit));
        }

        private static String unescaped(String part) {
            return part.replace("~1", "/").replace("~0", "~");
        }

        private Optional<Node> child(String name) {
            int at = find(name);
            return at < 0 || gone.get(at) ? Optional.empty() : Optional.of(children.get(at));
        }

        private int find(String name) {
            if (kind == '{') {
                return names.indexOf(name);
            }
            for (int i = 0; kind == '[' && i < children.size(); i++) {
                if (name.equals("" + (fresh ? i : origins.get(i)))) {
                    return i;
                }
            }
            return -1;
        }

        private void change(String name, Edit edit) {
            int at = find(name);
            boolean there = at >= 0 && !gone.get(at);
            switch (edit.action()) {
                case REPLACE -> {
                    if (there) {
                        children.set(at, parsed(edit.json()));
                    }
                }
                case REMOVE -> {
                    if (there) {
                        leave(at);
                    }
                }
                case INSERT -> insert(name, at, there, parsed(edit.json()));
                case RENAME -> {
                    if (there && kind == '{' && !taken(edit.json())) {
                        rename(at, edit.json());
                    }
                }
            }
        }

        private void rename(int at, String json) {
            spelled.set(at, json);
            if (fresh) {
                names.set(at, json.substring(1, json.length() - 1));
            }
        }

        /** Whether a member is called that now. */
        private boolean taken(String json) {
            for (int i = 0; i < names.size(); i++) {
                boolean renamed = !named.get(i).equals(spelled.get(i));
                String called = renamed ? spelled.get(i) : quoted(names.get(i));
                if (!gone.get(i) && called.equals(json)) {
                    return true;
                }
            }
            return false;
        }

        private static String quoted(String name) {
            return '"' + name.replace("\"", "\\\"") + '"';
        }

        private void leave(int at) {
            gone.set(at, true);
            spelled.set(at, named.get(at));
            if (fresh || origins.get(at) < 0) {
                for (List<?> list : List.of(children, names, named, spelled, spaces, origins, gone)) {
                    list.remove(at);
                }
            }
        }

        private void insert(String name, int at, boolean there, Node value) {
            boolean atEnd = name.equals("-") || name.equals("" + (fresh ? children.size() : before));
            if (kind == '[' && (at >= 0 || atEnd)) {
                add(at >= 0 ? at : children.size(), "", value, -1);
            } else if (kind == '{' && !there && taken(quoted(name))) {
                return;
            } else if (kind == '{' && at < 0) {
                add(children.size(), name, value, -1);
            } else if (kind == '{' && !there) {
                children.set(at, value);
                gone.set(at, false);
            }
        }

        private void add(int at, String name, Node value, int origin) {
            children.add(at, value);
            names.add(at, name);
            named.add(at, quoted(name));
            spelled.add(at, quoted(name));
            spaces.add(at, "");
            origins.add(at, origin);
            gone.add(at, false);
        }

        private void original(String name, Node value) {
            add(children.size(), name, value, before++);
        }

        /** The values that edits put in, in a form that later edits can go into. */
        private static Node parsed(String json) {
            if (!json.startsWith("{")) {
                return leaf(json, true);
            }
            Node array = new Node('[', true);
            array.add(0, "", leaf("1.50", true), -1);
            Node object = new Node('{', true);
            object.add(0, "n", array, -1);
            return object;
        }

        private static Node leaf(String json, boolean fresh) {
            Node leaf = new Node('v', fresh);
            leaf.scalar = json;
            return leaf;
        }
    }

    private final Random random;

    OddJson(Random random) {
        this.random = random;
    }

    Node object(int depth) {
        Node node = new Node('{', false);
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = NAMES[random.nextInt(NAMES.length)];
            if (!node.names.contains(name)) {
                node.original(name, value(depth - 1));
                dress(node, name);
            }
        }
        return node;
    }

    private Node value(int depth) {
        int choice = depth <= 0 ? 2 : random.nextInt(4);
        if (choice == 0) {
            return object(depth);
        }
        if (choice == 1) {
            Node array = new Node('[', false);
            for (int i = random.nextInt(4); i > 0; i--) {
                array.original("", value(depth - 1));
                dress(array, "");
            }
            return array;
        }
        return Node.leaf(SCALARS[random.nextInt(SCALARS.length)], false);
    }

    private void dress(Node node, String name) {
        int last = node.children.size() - 1;
        node.spaces.set(last, SPACES[random.nextInt(SPACES.length)]);
        boolean escape = name.length() == 1 && random.nextInt(4) == 0;
        String written = escape ? "\"\\u%04x\"".formatted((int) name.charAt(0)) : "\"" + name + "\"";
        node.named.set(last, written);
        node.spelled.set(last, written);
    }
}
