package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;

/** How {@code llama-server} words its answers: to chats, or to plain prompts, whose tokens it tells unasked. */
record LlamaVoice(boolean chat) {

    private static final ChatManners.LlamaServer MANNER = new ChatManners.LlamaServer();

    /** The JSON of each event of a stream in order, and the end mark. */
    List<String> events(Said said) {
        List<String> events = new ArrayList<>(chat ? MANNER.events(said) : Completions.events(uncounted(said)));
        if (!chat) {
            events.add(counted(events.removeLast(), said));
        }
        events.add("[DONE]");
        return events;
    }

    /** The body of an answer that is not streamed. */
    String whole(Said said) {
        return chat
                ? MANNER.whole(said)
                : Json.joined(new Verbatim(Completions.whole(said)), MANNER.last(said))
                        .json();
    }

    /** The first two events come as one chunk. */
    static List<String> chunks(List<String> events) {
        List<String> chunks = new ArrayList<>();
        for (String event : events) {
            String frame = "data: " + event + "\n\n";
            if (chunks.size() == 1 && !chunks.getFirst().contains("\n\ndata")) {
                chunks.set(0, chunks.getFirst() + frame);
            } else {
                chunks.add(frame);
            }
        }
        return chunks;
    }

    private static Said uncounted(Said said) {
        return new Said(said.answer(), said.model(), said.id(), false);
    }

    private static String counted(String event, Said said) {
        Verbatim usage = Json.object("usage", MANNER.usage(said.answer()));
        return Json.joined(Json.joined(new Verbatim(event), usage), MANNER.last(said))
                .json();
    }
}
