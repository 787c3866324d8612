package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.Body;
import dev.signalbox.api.Edit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** An input is some lines with an edit each, such as {@code + /messages/0}, and a body in the rest. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SpliceFuzzTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NEW = "{\"n\":[1]}";

    @FuzzTest(maxDuration = "2m")
    void leaves_good_json_good(byte[] input) throws IOException {
        List<Edit> edits = new ArrayList<>();
        int at = 0;
        for (Optional<Edit> edit = edit(input, at); edit.isPresent(); edit = edit(input, at)) {
            edits.add(edit.get());
            at = lineEnd(input, at) + 1;
        }
        Body body = Body.of(Arrays.copyOfRange(input, Math.min(at, input.length), input.length));
        Optional<JsonIndex> index = index(body);
        if (edits.isEmpty() || index.isEmpty()) {
            return;
        }

        Body spliced = Splice.apply(body, edits);
        String written = Bodies.written(spliced);

        assertThat(Bodies.read(spliced)).isEqualTo(written);
        assertThat(Bodies.written(Splice.apply(body, index.get(), edits))).isEqualTo(written);
        assertThat(spliced.size()).isEqualTo(written.getBytes(UTF_8).length);
        JsonNode after = MAPPER.readTree(written);
        if (edits.size() == 1 && edits.getFirst().action() == Edit.Action.REPLACE && spliced != body) {
            assertThat(after.at(edits.getFirst().pointer())).isEqualTo(MAPPER.readTree(NEW));
        }
    }

    private static int lineEnd(byte[] input, int from) {
        int at = from;
        while (at < input.length && input[at] != '\n') {
            at++;
        }
        return at;
    }

    private static Optional<Edit> edit(byte[] input, int from) {
        int end = lineEnd(input, from);
        String line = from < end ? new String(input, from, end - from, UTF_8) : "";
        if (line.length() < 3 || "+-=>".indexOf(line.charAt(0)) < 0 || !line.startsWith(" /", 1)) {
            return Optional.empty();
        }
        String pointer = line.substring(2);
        return Optional.of(
                switch (line.charAt(0)) {
                    case '+' -> Edit.insert(pointer, NEW);
                    case '-' -> Edit.remove(pointer);
                    case '>' -> Edit.rename(pointer, "new");
                    default -> Edit.replace(pointer, NEW);
                });
    }

    private static Optional<JsonIndex> index(Body body) throws IOException {
        try {
            return Optional.of(new Scan(Set.of(), Map.of()).read(body));
        } catch (BadJson bad) {
            return Optional.empty();
        }
    }
}
