package dev.signalbox.core.translate;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signalbox.api.Dialect;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ResponsesAnswersFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void are_told_by_the_rules_of_every_client(byte[] reply) throws Exception {
        AnswersFuzz.check(reply, Dialect.OPENAI_RESPONSES);
    }
}
