package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A coding agent at work: it reads, edits and runs, turn after turn, and every turn sends all turns before it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LongConversationTest {

    /** What the agent has said and heard up to a turn, in Anthropic's words, the mark for the cache on the last message. */
    private static ObjectNode upTo(int turns) {
        ObjectNode request = (ObjectNode) Words.json("{'max_tokens':32000,'stream':true,'system':[{'type':'text',"
                + "'text':'You mend programs.','cache_control':{'type':'ephemeral'}}],'tools':[{'name':'Read',"
                + "'description':'Reads a file.','input_schema':{'type':'object','properties':{'path':{'type':'string'}}}},"
                + "{'name':'Bash','description':'Runs it.','input_schema':{'type':'object','properties':{}}}]}");
        ArrayNode messages = request.putArray("messages");
        messages.addObject().put("role", "user").put("content", "Mend the signal box.");
        for (int turn = 0; turn < turns; turn++) {
            called(turn, messages);
            answered(turn, messages);
        }
        mark((ObjectNode) messages.get(messages.size() - 1));
        return request;
    }

    private static void called(int turn, ArrayNode messages) {
        ArrayNode content = messages.addObject().put("role", "assistant").putArray("content");
        content.addObject().put("type", "text").put("text", "Step %d, “quoted”\n\tand indented.".formatted(turn));
        for (String tool : List.of("Read", "Bash")) {
            ObjectNode call = content.addObject().put("type", "tool_use");
            call.put("id", "toolu_%s_%d".formatted(tool, turn)).put("name", tool);
            call.putObject("input")
                    .put("path", "src/Signal%d.java".formatted(turn))
                    .put("line", turn);
        }
    }

    private static void answered(int turn, ArrayNode messages) {
        ArrayNode content = messages.addObject().put("role", "user").putArray("content");
        for (String tool : List.of("Read", "Bash")) {
            ObjectNode result = content.addObject().put("type", "tool_result");
            result.put("tool_use_id", "toolu_%s_%d".formatted(tool, turn));
            result.put("content", "class Signal%d { /* %s */ }\n".formatted(turn, "x".repeat(200)));
        }
        if (turn % 5 == 4) {
            messages.addObject().put("role", "system").put("content", "Reminder %d: run the tests.".formatted(turn));
        }
    }

    private static void mark(ObjectNode message) {
        if (message.path("content").isTextual()) {
            String text = message.path("content").asText();
            message.putArray("content").addObject().put("type", "text").put("text", text);
        }
        ArrayNode content = (ArrayNode) message.path("content");
        ((ObjectNode) content.get(content.size() - 1))
                .putObject("cache_control")
                .put("type", "ephemeral");
    }

    private static String text(JsonNode node) throws Exception {
        return new String(Json.bytes(node), StandardCharsets.UTF_8);
    }

    static Stream<Arguments> pairs() {
        return Languages.all().stream()
                .map(Asking::dialect)
                .flatMap(client -> Languages.all().stream()
                        .map(Asking::dialect)
                        .filter(backend -> !backend.equals(client))
                        .map(backend -> Arguments.of(client, backend)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void every_byte_of_a_turn_is_there_again_in_the_next_one_and_nothing_is_lost(Dialect client, Dialect backend)
            throws Exception {
        grows(20, client, backend);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("pairs")
    void the_same_over_two_hundred_turns(Dialect client, Dialect backend) throws Exception {
        grows(200, client, backend);
    }

    private static void grows(int turns, Dialect client, Dialect backend) throws Exception {
        String before = "";
        for (int turn = 1; turn <= turns; turn++) {
            Words.Said said = Words.said(as(client, turn), client, backend, Manner.USUAL);
            String now = text(said.body());

            assertThat(now).as("turn %d", turn).startsWith(before);
            assertThat(said.lost()).as("turn %d", turn).isEmpty();
            before = now.substring(0, now.length() - "]}".length());
        }
        for (int turn = 0; turn < turns; turn++) {
            assertThat(before).contains("Step %d, “quoted”".formatted(turn), "class Signal%d { /*".formatted(turn));
            assertThat(before.split("src/Signal%d.java".formatted(turn), -1)).hasSize(3); // two calls
        }
    }

    /** What the agent asks if it speaks that dialect. */
    private static JsonNode as(Dialect client, int turn) throws Malformed {
        ObjectNode request = upTo(turn);
        return client.equals(ANTHROPIC_MESSAGES)
                ? request
                : Words.said(request, ANTHROPIC_MESSAGES, client, Manner.USUAL).body();
    }

    @Test
    void what_was_said_comes_back_as_it_was() throws Exception {
        ObjectNode request = upTo(20);
        Words.Said there = Words.said(request, ANTHROPIC_MESSAGES, OPENAI_CHAT, Manner.USUAL);
        Words.Said back = Words.said(there.body(), OPENAI_CHAT, ANTHROPIC_MESSAGES, Manner.USUAL);

        assertThat(words(back.body().path("messages"))).isEqualTo(words(request.path("messages")));
    }

    @Test
    void every_result_follows_the_call_it_answers() throws Exception {
        JsonNode messages = Words.said(upTo(20), ANTHROPIC_MESSAGES, OPENAI_CHAT, Manner.USUAL)
                .body()
                .path("messages");
        Set<String> open = new HashSet<>();
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("tool")) {
                assertThat(open.remove(message.path("tool_call_id").asText())).isTrue();
            } else {
                assertThat(open).isEmpty();
            }
            message.path("tool_calls").forEach(call -> open.add(call.path("id").asText()));
        }
        assertThat(open).isEmpty();
    }

    /** All that is said, without the marks and however it is wrapped. */
    private static String words(JsonNode messages) throws Exception {
        return text(messages)
                .replace(",\"cache_control\":{\"type\":\"ephemeral\"}", "")
                .replaceAll("\\[\\{\"type\":\"text\",\"text\":(\"(?:[^\"\\\\]|\\\\.)*\")}]", "$1");
    }
}
