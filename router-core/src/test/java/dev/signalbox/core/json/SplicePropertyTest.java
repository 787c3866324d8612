package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.Body;
import dev.signalbox.api.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Splicing against the naive way: read everything into a tree that keeps spellings, edit it, write it out. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SplicePropertyTest {

    private static final int ROUNDS = 400;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void gives_what_editing_a_tree_gives(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            OddJson odd = new OddJson(random);
            OddJson.Node tree = odd.object(3);
            List<Edit> edits = edits(random, tree);
            Body body = Body.of(tree.text());

            Body spliced = Splice.apply(body, edits);
            String written = Bodies.written(spliced);

            edits.forEach(tree::apply);
            JsonNode expected = MAPPER.readTree(tree.text());
            assertThat(MAPPER.readTree(written))
                    .as("seed %d round %d: %s edited by %s", seed, round, Bodies.read(body), edits)
                    .isEqualTo(expected);
            assertThat(withoutSpace(written)).isEqualTo(withoutSpace(tree.text()));
            assertThat(Bodies.read(spliced)).isEqualTo(written);
            assertThat(spliced.size()).isEqualTo(written.getBytes(UTF_8).length);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void gives_the_same_with_and_without_an_index(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            OddJson.Node tree = new OddJson(random).object(2);
            List<Edit> edits = edits(random, tree);
            Body body = Body.of(tree.text());
            JsonIndex index = new Scan(Set.of("a"), Map.of()).read(body);

            assertThat(Bodies.written(Splice.apply(body, index, edits)))
                    .as("seed %d round %d: %s edited by %s", seed, round, Bodies.read(body), edits)
                    .isEqualTo(Bodies.written(Splice.apply(body, edits)));
        }
    }

    private static List<Edit> edits(Random random, OddJson.Node tree) {
        List<String> pointers = new ArrayList<>();
        tree.pointers("", pointers);
        List<Edit> edits = new ArrayList<>();
        for (int i = random.nextInt(1, 7); i > 0; i--) {
            String pointer = pointers.get(random.nextInt(pointers.size()));
            edits.add(
                    switch (random.nextInt(5)) {
                        case 0 -> Edit.replace(pointer, "\"new\"");
                        case 1 -> Edit.remove(pointer);
                        case 2 -> Edit.insert(pointer, "{\"n\":[1.50]}");
                        case 3 -> Edit.rename(pointer, random.nextBoolean() ? "new" : "other");
                        default -> Edit.insert(pointer + "/-", "7");
                    });
        }
        return edits;
    }

    /** What was between values may go with them; what is in them may not. */
    private static String withoutSpace(String json) {
        StringBuilder bare = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                bare.append(c).append(json.charAt(++i));
                continue;
            }
            quoted ^= c == '"';
            if (quoted || !Character.isWhitespace(c)) {
                bare.append(c);
            }
        }
        return bare.toString();
    }
}
