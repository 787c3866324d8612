package dev.signalbox.core.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Json;
import java.io.IOException;

/** Whatever a client asks: it is refused with its place, or said in every other dialect as JSON. */
final class ChatsFuzz {

    private ChatsFuzz() {}

    /** Reads that as a request in that dialect. */
    static void check(byte[] body, Dialect dialect) throws IOException {
        JsonNode request;
        try {
            request = Json.exact(body);
        } catch (IOException notJson) {
            return; // was refused before
        }
        Asking from = Words.asking(dialect);
        try {
            Chat chat = from.chats().read(Spot.root(request));
            for (Language to : Languages.all()) {
                Losses losses = new Losses(from.hints(request));
                JsonNode said = to.chatWriter().write(chat, Manner.USUAL, losses);
                assertThat(Json.exact(Json.bytes(said)).isObject()).isTrue();
                assertThat(losses.edits())
                        .allSatisfy(edit -> assertThat(edit.pointer()).startsWith("/"));
            }
        } catch (Malformed refused) {
            assertThat(refused.path()).isNotBlank();
            assertThat(refused).hasMessageContaining("expected");
        }
    }
}
