package dev.signalbox.core.dialect;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Usage;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.translate.AnswerEvent;
import dev.signalbox.core.translate.AnswerFacts;
import dev.signalbox.core.translate.AnswerReader;
import dev.signalbox.core.translate.AnswerWriter;
import dev.signalbox.core.translate.Gathering;
import dev.signalbox.core.translate.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Tells the answer to a chat: what is read in the one dialect, at once in the other. */
final class ChatRetelling implements Retelling {

    private final Dialect spoken;
    private final AnswerReader reader;
    private final AnswerWriter writer;
    private final AnswerFacts facts;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The answer of a backend that speaks that language, told by that writer. */
    ChatRetelling(Language backend, AnswerWriter writer, AnswerFacts facts) {
        this.spoken = backend.dialect();
        this.reader = backend.answers();
        this.writer = writer;
        this.facts = facts;
    }

    @Override
    public byte[] frame(Frame frame) {
        reader.frame(frame, this::tell);
        return told();
    }

    @Override
    public Optional<String> failure() {
        return writer.failure().or(reader::failure);
    }

    private void tell(AnswerEvent event) {
        note(event);
        writer.tell(event, this::write);
    }

    private void note(AnswerEvent event) {
        if (event instanceof AnswerEvent.Lost lost) {
            facts.note().accept("the answer lost " + lost.what());
        }
    }

    private void write(Frame frame) {
        try {
            frame.writeTo(out);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    private byte[] told() {
        byte[] told = out.toByteArray();
        out.reset();
        return told;
    }

    @Override
    public byte[] end(Optional<Usage> usage) {
        writer.end(this::write);
        return told();
    }

    @Override
    public byte[] whole(byte[] reply, Optional<Usage> usage) throws IOException {
        Gathering gathering = new Gathering(spoken);
        reader.whole(Json.exact(reply), event -> {
            note(event);
            gathering.accept(event);
        });
        return Json.bytes(writer.whole(gathering.answer()));
    }
}
