package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.translate.Words.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TranslationPropertyTest {

    private static final int SEEDS = Integer.getInteger("signalbox.seeds", 300);
    private static final Manner LEVELS = new Manner(Manner.MidSystem.SYSTEM, Manner.Effort.LEVEL, Budgets.USUAL, 8192);

    private static final String ASKED =
            "{'messages':[{'role':'user','content':'Hi'}],'input':'Hi','max_tokens':1,'stream':true,"
                    + "'stream_options':{'include_usage':true}}";

    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    static Stream<Dialect> dialects() {
        return Stream.of(OPENAI_CHAT, ANTHROPIC_MESSAGES, OPENAI_RESPONSES, OLLAMA_CHAT);
    }

    static Stream<Arguments> pairs() {
        return dialects()
                .flatMap(one -> dialects().filter(other -> !other.equals(one)).map(other -> Arguments.of(one, other)));
    }

    /** Readable, and in one order of members. */
    private static String text(JsonNode node) throws Exception {
        return SORTED.writerWithDefaultPrettyPrinter().writeValueAsString(SORTED.treeToValue(node, Object.class));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_request_said_again_in_its_own_dialect_is_the_same(Dialect dialect) throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            JsonNode request = Talk.request(dialect, seed, Talk.Range.ALL);
            Said again = Words.said(request, dialect, dialect, LEVELS);

            assertThat(text(again.body())).as("seed %d", seed).isEqualTo(text(request));
            assertThat(again.lost()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_request_comes_back_as_it_was_and_loses_nothing_that_both_can_say(Dialect from, Dialect by) throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            ObjectNode request = (ObjectNode) Talk.request(from, seed, by);
            if (by.equals(OPENAI_RESPONSES)) { // it has no word for it
                request.remove(List.of("stop", "stop_sequences"));
                request.withObjectProperty("options").remove("stop");
            }
            if (!from.equals(OLLAMA_CHAT)) {
                request.remove("options");
            }
            Said there = Words.said(request, from, by, LEVELS);
            Said back = Words.said(there.body(), by, from, LEVELS);

            assertThat(text(back.body())).as("seed %d", seed).isEqualTo(text(request));
            assertThat(there.lost()).as("seed %d", seed).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_conversation_that_grows_keeps_what_was_said(Dialect from, Dialect to) throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            ObjectNode request = (ObjectNode) Talk.request(from, seed, Talk.Range.ALL);
            String turnsOf = from.equals(OPENAI_RESPONSES) ? "input" : "messages";
            ArrayNode all = (ArrayNode) request.path(turnsOf);
            String before = "";
            for (int turns = 1; turns <= all.size(); turns++) {
                ArrayNode begun = request.arrayNode();
                for (int i = 0; i < turns; i++) {
                    begun.add(all.get(i));
                }
                if (midway(begun.get(turns - 1), turns < all.size() ? all.get(turns) : all.missingNode())) {
                    continue; // nobody is asked between two results
                }
                String now = messages(request.deepCopy().<ObjectNode>set(turnsOf, begun), from, to);
                assertThat(now).as("seed %d, turn %d", seed, turns).startsWith(before);
                before = now.substring(0, now.length() - 1);
            }
        }
    }

    private static boolean midway(JsonNode last, JsonNode next) {
        if (last.has("type")) { // an item, of which a turn may have several
            return !last.path("role").asText().equals("user")
                    || next.path("role").asText().equals("system");
        }
        boolean results = last.path("role").asText().equals("tool");
        boolean system = last.path("role").asText().equals("system");
        return system || (results && !next.path("role").asText().equals("assistant"));
    }

    /** The system prompt and the conversation as they are written. */
    private static String messages(ObjectNode request, Dialect from, Dialect to) throws Exception {
        JsonNode said = Words.said(request, from, to, LEVELS).body();
        return said.path("system")
                + said.path("instructions").asText()
                + Json.write(said.has("input") ? said.path("input") : said.path("messages"));
    }

    /** Otherwise the streams of made-up backends prove nothing. */
    @ParameterizedTest
    @MethodSource("dialects")
    void a_stream_keeps_the_rules_of_its_own_dialect(Dialect dialect) throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            Rules.check(Speech.frames(new Speech(seed, dialect).events(), dialect), dialect);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_stream_in_pieces_tells_what_the_whole_answer_tells(Dialect backend, Dialect client) throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<AnswerEvent> events = new Speech(seed, backend).events();
            JsonNode whole = Words.whole(Speech.whole(events, backend), backend, client, ASKED);
            byte[] stream = Speech.stream(events, backend);
            List<String> first = List.of();
            for (int piece : new int[] {1, 7, 1024, 1 << 20}) {
                List<Frame> heard = Words.heard(stream, backend, client, ASKED, piece);
                first = first.isEmpty() ? Words.texts(heard) : first;

                assertThat(Words.texts(heard)).isEqualTo(first);
                Rules.check(heard, client);
                assertThat(text(Words.again(Together.of(heard, client))))
                        .as("seed %d", seed)
                        .isEqualTo(text(Together.comparable(whole, client)));
            }
        }
    }

    /** Frames that are missing, come twice or at another place: servers have done all of it. */
    @ParameterizedTest
    @MethodSource("pairs")
    void a_stream_in_disorder_is_told_by_the_rules(Dialect backend, Dialect client) throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Frame> frames = new ArrayList<>(Speech.frames(new Speech(seed, backend).events(), backend));
            for (int i = random.nextInt(6); i >= 0; i--) {
                spoil(frames, random);
            }
            List<Frame> heard = Words.heard(Speech.bytes(frames), backend, client, ASKED, 1 << 20);
            assertThatCode(() -> Rules.check(heard, client)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    private static void spoil(List<Frame> frames, Random random) {
        Frame one = frames.get(random.nextInt(frames.size()));
        if (random.nextInt(3) > 0) {
            frames.remove(one);
        }
        if (random.nextInt(3) > 0 || frames.isEmpty()) {
            frames.add(random.nextInt(frames.size() + 1), one);
        }
    }
}
