package dev.signalbox.core.engine;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.core.dialect.BadRequest;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.Translations;
import dev.signalbox.core.translate.Manner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** What a request would lose by being said in another dialect. */
final class Losing {

    private Losing() {}

    /**
     * What it would lose, in words; empty if nothing.
     *
     * @throws UncheckedIOException if its body cannot be read again
     */
    static List<String> by(ParsedRequest request, Dialect dialect, Manner manner) {
        if (dialect.equals(request.dialect())) {
            return List.of();
        }
        try {
            return Translations.translate(
                            request.edited(request.edits().withoutOwnField()),
                            request.dialect(),
                            dialect,
                            manner,
                            request.readings().keepingNothing())
                    .losses()
                    .stream()
                    .map(Edit::drops)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (BadRequest refused) {
            return List.of(); // whoever is asked will be told so
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
