package dev.signalbox.core.dialect;

import dev.signalbox.spi.RequestView.ToolCall;
import java.util.List;
import java.util.stream.Collectors;

/** What is asked of the texts of a conversation as a whole. */
final class Texts {

    private static final int A_MESSAGE = 4; // role and marks around it
    private static final int A_CALL = 8;
    private static final int AN_IMAGE = 800; // between the 85 and 4,000 that models take for one

    private Texts() {}

    static String whole(List<Turn> turns) {
        return turns.size() == 1
                ? turns.getFirst().text() // joining would copy it
                : turns.stream().map(Turn::text).collect(Collectors.joining("\n"));
    }

    static String lastOf(String role, List<Turn> turns) {
        for (Turn turn : turns.reversed()) {
            if (turn.role().equals(role)) {
                return turn.text();
            }
        }
        return "";
    }

    static long tokens(Facts facts) {
        Conversation said = facts.conversation();
        long tokens = said.tokens() + Tokens.estimate(facts.raw("/tools").orElse(""));
        for (Turn turn : said.turns()) {
            tokens += A_MESSAGE + Tokens.estimate(turn.text()) + (long) AN_IMAGE * turn.images();
        }
        for (ToolCall call : said.calls()) {
            tokens += A_CALL + Tokens.estimate(call.name()) + Tokens.estimate(call.arguments());
        }
        return tokens;
    }
}
