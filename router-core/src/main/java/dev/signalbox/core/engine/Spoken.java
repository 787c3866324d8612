package dev.signalbox.core.engine;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.core.dialect.BadRequest;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.Readings;
import dev.signalbox.core.dialect.RequestReader;
import dev.signalbox.core.dialect.Retelling;
import dev.signalbox.core.dialect.Translated;
import dev.signalbox.core.dialect.Translations;
import dev.signalbox.core.translate.AnswerFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as one backend reads it: the client's own, or said in a dialect that the backend speaks. It is there until it is
 * sent.
 *
 * @param request what the backend's edits are made to
 * @param edits what is changed in the client's dialect: already done where it is translated, else still to be done
 * @param retelling how the answer is told in the client's dialect; empty if it passes as it is
 */
record Spoken(ParsedRequest request, List<Edit> edits, Optional<Retelling> retelling) implements AutoCloseable {

    /**
     * The request for a backend.
     *
     * @param edits everything that is to be changed in the client's dialect
     * @throws BadRequest if it has to be translated, and has a value that means nothing
     * @throws UncheckedIOException if the body cannot be read again
     */
    static Spoken to(Contender contender, List<Edit> edits) throws BadRequest {
        ParsedRequest own = contender.journey().request();
        Dialect dialect = contender.dialect();
        return dialect.equals(own.dialect())
                ? new Spoken(own, edits, Optional.empty())
                : translated(contender, dialect, edits);
    }

    private static Spoken translated(Contender contender, Dialect dialect, List<Edit> edits) throws BadRequest {
        ParsedRequest own = contender.journey().request();
        try {
            Readings readings = own.readings().keepingNothing();
            Translated translated = Translations.translate(
                    own.edited(edits),
                    own.dialect(),
                    dialect,
                    contender.manner(),
                    readings,
                    contender.engine().translations());
            ParsedRequest request = read(said(own.original(), translated), readings);
            Retelling retelling = translated.answer().of(facts(contender));
            List<Edit> all = new ArrayList<>(edits);
            all.addAll(translated.losses());
            return new Spoken(request, all, Optional.of(retelling));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static RouteRequest said(RouteRequest original, Translated translated) {
        return new RouteRequest(
                translated.dialect(),
                translated.body(),
                original.headers(),
                original.caller(),
                original.cancellation());
    }

    private static ParsedRequest read(RouteRequest said, Readings readings) throws IOException {
        boolean read = false;
        try {
            ParsedRequest request = RequestReader.read(said, readings);
            read = true;
            return request;
        } catch (BadRequest ours) {
            throw new IOException("it was translated badly: " + ours.message(), ours);
        } finally {
            if (!read) {
                said.body().close();
            }
        }
    }

    private static AnswerFacts facts(Contender contender) {
        TraceLog trace = contender.journey().trace();
        return new AnswerFacts(
                trace.id(),
                contender.model().name(),
                contender.model().memoryBytes(),
                trace::sofar,
                contender.engine().time()::now,
                note -> contender.journey().note("translation", note));
    }

    /** Whether it is not the client's own. */
    boolean isTranslated() {
        return retelling.isPresent();
    }

    /** The dialect that is spoken to the backend. */
    Dialect dialect() {
        return request.dialect();
    }

    /** Gives back what holds a translated body; the client's own stays. */
    @Override
    public void close() {
        if (isTranslated()) {
            request.original().body().close();
        }
    }
}
