package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.signalbox.api.Body;
import dev.signalbox.api.Edit;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.translate.Seal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds thoughts that only servers of another dialect can read, where a conversation goes on with one that speaks the
 * client's: it would refuse them, and with them the request. One thread uses it.
 */
final class ForeignSeals {

    private static final byte[] MARK = ("\"" + Seal.MARK).getBytes(UTF_8);

    /** A block of a message, or an item. */
    private static final Pattern THOUGHT = Pattern.compile("/messages/\\d+/content/\\d+|/input/\\d+");

    private final Map<String, Integer> blocks = new HashMap<>(); // how many a message has
    private final List<String> thoughts = new ArrayList<>();

    private ForeignSeals() {}

    /** The edits that take them out; a message of nothing else goes with them. */
    static List<Edit> edits(Body body) throws IOException {
        if (!anyIn(body)) {
            return List.of();
        }
        ForeignSeals seals = new ForeignSeals();
        try (JsonParser parser = Json.parser(body.open())) {
            while (parser.nextToken() != null) {
                seals.read(parser);
            }
        }
        return seals.edits();
    }

    /** Looks at bytes only: nearly no request has one. */
    private static boolean anyIn(Body body) throws IOException {
        byte[] buffer = new byte[1 << 14];
        try (InputStream in = body.open()) {
            int kept = 0;
            for (int read = in.read(buffer); read > 0; read = in.read(buffer, kept, buffer.length - kept)) {
                int length = kept + read;
                if (stands(buffer, length)) {
                    return true;
                }
                kept = Math.min(length, MARK.length - 1);
                System.arraycopy(buffer, length - kept, buffer, 0, kept);
            }
            return false;
        }
    }

    /** By its last two letters, which hardly ever meet elsewhere. */
    private static boolean stands(byte[] bytes, int length) {
        int last = MARK.length - 1;
        for (int end = last; end < length; end++) {
            if (bytes[end] == MARK[last] && bytes[end - 1] == MARK[last - 1] && endsAt(end, bytes)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsAt(int end, byte[] bytes) {
        for (int back = 2; back < MARK.length; back++) {
            if (bytes[end - back] != MARK[MARK.length - 1 - back]) {
                return false;
            }
        }
        return true;
    }

    private void read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            JsonPointer holder = parser.getParsingContext().getParent().pathAsPointer();
            blocks.merge(holder.head() == null ? "" : holder.head().toString(), 1, Integer::sum);
        } else if (token == JsonToken.VALUE_STRING
                && Marks.SEALS.contains(parser.currentName() == null ? "" : parser.currentName())
                && parser.getText().startsWith(Seal.MARK)) {
            thoughts.add(
                    String.valueOf(parser.getParsingContext().pathAsPointer().head()));
        }
    }

    private List<Edit> edits() {
        Map<String, Integer> left = new HashMap<>(blocks);
        Set<String> out = new LinkedHashSet<>();
        List<String> known = thoughts.stream()
                .filter(each -> THOUGHT.matcher(each).matches())
                .toList();
        known.forEach(each -> left.merge(holder(each), -1, Integer::sum));
        for (String each : known) {
            boolean all = each.startsWith("/messages/") && left.getOrDefault(holder(each), 0) == 0;
            out.add(all ? holder(holder(each)) : each);
        }
        return out.stream().map(each -> Edit.remove(each).dropping("reasoning")).toList();
    }

    private static String holder(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }
}
