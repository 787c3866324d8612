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

    static String whole(List<Utterance> utterances) {
        return utterances.size() == 1
                ? utterances.getFirst().text() // joining would copy it
                : utterances.stream().map(Utterance::text).collect(Collectors.joining("\n"));
    }

    static String lastOf(String role, List<Utterance> utterances) {
        for (Utterance each : utterances.reversed()) {
            if (each.role().equals(role)) {
                return each.text();
            }
        }
        return "";
    }

    static long tokens(Facts facts) {
        Conversation said = facts.conversation();
        long tokens = said.tokens() + Tokens.estimate(facts.raw("/tools").orElse(""));
        for (Utterance each : said.utterances()) {
            tokens += A_MESSAGE + Tokens.estimate(each.text()) + (long) AN_IMAGE * each.images();
        }
        for (ToolCall call : said.calls()) {
            tokens += A_CALL + Tokens.estimate(call.name()) + Tokens.estimate(call.arguments());
        }
        return tokens;
    }
}
