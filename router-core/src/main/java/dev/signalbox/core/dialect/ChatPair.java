package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.translate.Asking;
import dev.signalbox.core.translate.Chat;
import dev.signalbox.core.translate.Language;
import dev.signalbox.core.translate.Losses;
import dev.signalbox.core.translate.Malformed;
import dev.signalbox.core.translate.Manner;
import dev.signalbox.core.translate.Spot;
import java.io.IOException;

/** Any two dialects of chats: what is read in the one is written in the other. */
record ChatPair(Asking client, Language backend) implements Pair {

    @Override
    public Dialect from() {
        return client.dialect();
    }

    @Override
    public Dialect to() {
        return backend.dialect();
    }

    @Override
    public Translated translate(ObjectNode said, Manner manner) throws BadRequest, IOException {
        Chat chat = chat(said);
        Losses losses = new Losses(client.hints(said));
        ObjectNode written = backend.chatWriter().write(chat, manner, losses);
        return new Translated(
                to(),
                Body.of(Json.bytes(written)),
                losses.edits(),
                facts -> new ChatRetelling(backend, client.answerWriter(chat, facts), facts));
    }

    private Chat chat(ObjectNode said) throws BadRequest {
        try {
            return client.chats().read(Spot.root(said));
        } catch (Malformed malformed) {
            throw new BadRequest(malformed.code(), String.valueOf(malformed.getMessage())).at(malformed.member());
        }
    }
}
