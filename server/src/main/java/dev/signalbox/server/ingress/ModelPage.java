package dev.signalbox.server.ingress;

import dev.signalbox.api.ModelEntry;
import dev.signalbox.spi.Near;
import io.helidon.common.uri.UriQuery;
import java.util.List;
import java.util.Optional;

/**
 * A part of the list of models, as Anthropic's clients page through it.
 *
 * @param entries the part, in the order of the list
 * @param more whether there is more in the direction that was asked for
 */
record ModelPage(List<ModelEntry> entries, boolean more) {

    private static final int MOST = 1000;

    /** The page that {@code limit}, {@code after_id} and {@code before_id} ask for; all of it without them. */
    static ModelPage of(List<ModelEntry> all, UriQuery query) {
        Optional<String> after = query.first("after_id").asOptional();
        Optional<String> before = query.first("before_id").asOptional();
        int limit = query.first("limit").asOptional().map(ModelPage::limit).orElse(Integer.MAX_VALUE);
        int from = after.map(id -> place(id, all) + 1).orElse(0);
        int to = before.map(id -> place(id, all)).orElse(all.size());
        List<ModelEntry> between = all.subList(Math.min(from, to), to);
        int count = Math.min(limit, between.size());
        boolean backwards = before.isPresent() && after.isEmpty();
        int first = backwards ? between.size() - count : 0;
        return new ModelPage(between.subList(first, first + count), count < between.size());
    }

    private static int limit(String text) {
        if (text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw Refused.permanent(
                400, "invalid_request", "limit is \"%s\"; a number from 1 to %d is right.".formatted(text, MOST));
    }

    private static int place(String id, List<ModelEntry> all) {
        List<String> ids = all.stream().map(ModelEntry::id).toList();
        int place = ids.indexOf(id);
        if (place < 0) {
            throw Refused.permanent(
                    400,
                    "invalid_request",
                    "There is no model \"%s\" to go on from. %s".formatted(id, Near.hint(id, ids)));
        }
        return place;
    }
}
