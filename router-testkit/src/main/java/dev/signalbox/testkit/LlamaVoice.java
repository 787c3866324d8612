package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;

/** How {@code llama-server} words its answers: to chats, to plain prompts, whose
 * tokens it tells unasked, in items, or as Anthropic. */
enum LlamaVoice {
    CHAT {
        @Override
        List<String> frames(Said said) {
            return done(MANNER.events(said));
        }

        @Override
        String whole(Said said) {
            return MANNER.whole(said);
        }
    },

    COMPLETIONS {
        @Override
        List<String> frames(Said said) {
            Said uncounted = new Said(said.answer(), said.model(), said.id(), false);
            List<String> events = new ArrayList<>(Completions.events(uncounted));
            Verbatim usage = Json.object("usage", MANNER.usage(said.answer()));
            Verbatim last = Json.joined(new Verbatim(events.removeLast()), usage);
            events.add(Json.joined(last, MANNER.last(said)).json());
            return done(events);
        }

        @Override
        String whole(Said said) {
            return Json.joined(new Verbatim(Completions.whole(said)), MANNER.last(said))
                    .json();
        }
    },

    RESPONSES {
        @Override
        List<String> frames(Said said) {
            return ResponsesManner.frames(said);
        }

        @Override
        String whole(Said said) {
            Verbatim whole = new Verbatim(ResponsesManner.whole(said));
            return Json.joined(Json.object("completed_at", ChatManner.CREATED), whole)
                    .json();
        }
    },

    MESSAGES {
        @Override
        List<String> frames(Said said) {
            return ANTHROPIC.frames(said);
        }

        @Override
        String whole(Said said) {
            return ANTHROPIC.whole(said);
        }

        @Override
        List<String> error(String message) {
            return ANTHROPIC.error(message);
        }
    };

    private static final ChatManners.LlamaServer MANNER = new ChatManners.LlamaServer();
    private static final MessagesManners.LlamaServer ANTHROPIC = new MessagesManners.LlamaServer();

    /** The frames of a stream in order, the end mark included. */
    abstract List<String> frames(Said said);

    /** The body of an answer that is not streamed. */
    abstract String whole(Said said);

    /** The frames that tell of an error inside a stream. */
    List<String> error(String message) {
        return List.of(data(ErrorShape.NUMBERED.body(500, "server_error", message)));
    }

    /** The first two frames come as one chunk. */
    static List<String> chunks(List<String> frames) {
        List<String> chunks = new ArrayList<>(frames);
        if (chunks.size() > 1) {
            String first = chunks.removeFirst();
            chunks.set(0, first + chunks.getFirst());
        }
        return chunks;
    }

    private static List<String> done(List<String> events) {
        List<String> frames =
                new ArrayList<>(events.stream().map(LlamaVoice::data).toList());
        frames.add(data("[DONE]"));
        return frames;
    }

    private static String data(String event) {
        return "data: " + event + "\n\n";
    }
}
