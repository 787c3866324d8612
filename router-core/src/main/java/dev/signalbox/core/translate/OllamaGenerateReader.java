package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads requests of {@code ollama.generate}: one prompt, which the model gets to see as a chat of one turn anyway. */
record OllamaGenerateReader() implements ChatReader {

    private static final Dialect OWN = Dialect.OLLAMA_GENERATE;
    private static final Set<String> SAID = Set.of("system", "prompt", "images");

    @Override
    public Chat read(Spot request) throws Malformed {
        List<Turn> turns = new ArrayList<>();
        List<Part> asked = asked(request.anObject());
        if (!asked.isEmpty()) {
            system(request, turns);
            turns.add(turn(Role.USER, asked));
        }
        return new OllamaRequest(OWN, request).chat(turns, Tools.NONE, SAID);
    }

    private static void system(Spot request, List<Turn> turns) throws Malformed {
        request.at("system")
                .maybeText()
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> turns.add(turn(Role.SYSTEM, List.of(text(text, request.at("system"))))));
    }

    private static List<Part> asked(Spot request) throws Malformed {
        List<Part> asked = new ArrayList<>(OllamaImages.read(OWN, request.at("images")));
        request.at("prompt")
                .maybeText()
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> asked.add(text(text, request.at("prompt"))));
        return asked;
    }

    private static Part text(String text, Spot spot) {
        return new Part.Text(text, Origin.at(OWN, spot.pointer()));
    }

    private static Turn turn(Role role, List<Part> parts) {
        return new Turn(role, parts, true, Origin.at(OWN, ""));
    }
}
