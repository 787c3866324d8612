package dev.signalbox.core.translate;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signalbox.api.Dialect;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ResponsesChatsFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void are_refused_or_said_in_every_dialect(byte[] body) throws IOException {
        ChatsFuzz.check(body, Dialect.OPENAI_RESPONSES);
    }
}
