package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.Body;
import dev.signalbox.api.Edit;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** An input is an edit in its first line, such as {@code + /messages/0}, and a body in the rest. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SpliceFuzzTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @FuzzTest(maxDuration = "2m")
    void leaves_good_json_good(byte[] input) throws IOException {
        int line = lineEnd(input);
        byte[] json = Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length);
        Optional<Edit> edit = edit(new String(input, 0, line, UTF_8));
        Body body = Body.of(json);
        if (edit.isEmpty() || !readable(body)) {
            return;
        }

        Body spliced = Splice.apply(body, List.of(edit.get()));
        String written = Bodies.written(spliced);

        assertThat(Bodies.read(spliced)).isEqualTo(written);
        assertThat(spliced.size()).isEqualTo(written.getBytes(UTF_8).length);
        JsonNode after = MAPPER.readTree(written);
        JsonNode before = MAPPER.readTree(json).at(edit.get().pointer());
        JsonNode there = after.at(edit.get().pointer());
        if (edit.get().action() == Edit.Action.REPLACE && !before.isMissingNode()) {
            assertThat(there.asText()).isEqualTo("new");
        }
        if (spliced == body) {
            assertThat(after).isEqualTo(MAPPER.readTree(json));
        }
    }

    private static int lineEnd(byte[] input) {
        int line = 0;
        while (line < input.length && input[line] != '\n') {
            line++;
        }
        return line;
    }

    private static Optional<Edit> edit(String line) {
        if (!line.startsWith("+ /") && !line.startsWith("- /") && !line.startsWith("= /")) {
            return Optional.empty();
        }
        String pointer = line.substring(2);
        return Optional.of(
                switch (line.charAt(0)) {
                    case '+' -> Edit.insert(pointer, "\"new\"");
                    case '-' -> Edit.remove(pointer);
                    default -> Edit.replace(pointer, "\"new\"");
                });
    }

    private static boolean readable(Body body) throws IOException {
        try {
            new Scan(Set.of(), Set.of(), Set.of()).read(body);
            return true;
        } catch (BadJson bad) {
            return false;
        }
    }
}
