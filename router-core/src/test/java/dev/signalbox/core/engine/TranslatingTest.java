package dev.signalbox.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.config.EngineSettings.Expose;
import dev.signalbox.core.dialect.Directive;
import dev.signalbox.core.translate.Budgets;
import dev.signalbox.core.translate.Manner;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TranslatingTest extends EngineFixture {

    @BeforeEach
    void a_backend_that_speaks_openai_only() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.dialects = Set.of(Dialect.OPENAI_CHAT);
        backends.on("gpu", Chat.says("Hi"));
        backends.on("laptop", Chat.says("Hi from here"));
    }

    private static RouteRequest messages(String more) {
        String body = "{'model':'coding','max_tokens':9,'messages':[{'role':'user','content':'Hi'}]%s}";
        return RouteRequest.of(
                Dialect.ANTHROPIC_MESSAGES, Body.of(body.formatted(more).replace('\'', '"')));
    }

    @Test
    void a_client_is_answered_in_its_own_words() throws Exception {
        assertThat(bytes(messages("")).replace('"', '\''))
                .contains("'content':[{'type':'text','text':'Hi'}],'stop_reason':'end_turn'")
                .contains("'usage':{'input_tokens':3,'output_tokens':5}");
        assertThat(backends.body("gpu").replace('"', '\''))
                .isEqualTo("{'max_tokens':9,'messages':[{'role':'user','content':'Hi'}],'model':'m'}");
    }

    @Test
    void a_stream_is_told_event_by_event_to_its_end() throws Exception {
        String heard = bytes(messages(",'stream':true"));

        assertThat(heard.lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: message_start",
                        "event: content_block_start",
                        "event: content_block_delta",
                        "event: content_block_stop",
                        "event: message_delta",
                        "event: message_stop");
        assertThat(backends.body("gpu")).contains("\"stream_options\":{\"include_usage\":true}");
    }

    @Test
    void a_stream_that_breaks_off_ends_with_the_clients_error_and_no_end() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.ROLE + Chat.text("Hi")));

        String heard = bytes(messages(",'stream':true"));

        assertThat(heard).contains("\"text\":\"Hi\"").contains("event: error\n").doesNotContain("message_stop");
    }

    @Test
    void what_is_lost_is_in_the_trace() throws Exception {
        try (RoutedResponse response = ask(messages(",'top_k':3,'service_tier':'auto'"))) {
            assertThat(response.trace().dropped()).containsExactly("top_k");
            assertThat(response.trace().edits())
                    .contains("remove /top_k", "remove /service_tier", "translate to openai.chat");
        }
    }

    @Test
    void a_profile_that_wants_nothing_to_be_lost_leaves_the_target_out_and_says_why() throws Exception {
        layout.profile("strict", draft -> draft.lossless = true, "gpu/m");
        String body = "{'model':'strict','max_tokens':9,'top_k':3,'messages':[]}".replace('\'', '"');

        RouteException refused =
                refused(RouteException.class, RouteRequest.of(Dialect.ANTHROPIC_MESSAGES, Body.of(body)));

        assertThat(refused.problem().message())
                .contains(
                        "gpu/m speaks openai.chat, in which top_k cannot be said; the profile wants nothing to be lost");
        assertThat(refused.problem().status()).isEqualTo(501);
        assertThat(backends.sent("gpu")).isEmpty();
    }

    @Test
    void a_profile_that_wants_nothing_to_be_lost_takes_a_target_that_can_say_all() throws Exception {
        layout.profile("strict", draft -> draft.lossless = true, "gpu/m");
        String body =
                "{'model':'strict','max_tokens':9,'messages':[{'role':'user','content':'Hi'}]}".replace('\'', '"');

        assertThat(bytes(RouteRequest.of(Dialect.ANTHROPIC_MESSAGES, Body.of(body))))
                .contains("\"text\":\"Hi\"");
    }

    @Test
    void a_value_that_means_nothing_is_refused_with_its_place_and_nobody_else_is_asked() throws Exception {
        Unroutable refused = refused(Unroutable.class, messages(",'tools':[{'name':7}]"));

        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().message()).contains("tools[0].name: it is 7; a string is expected");
        assertThat(refused.problem().details()).containsEntry("param", "tools[0].name");
        assertThat(backends.sent("gpu")).isEmpty();
        assertThat(backends.sent("laptop")).isEmpty();
    }

    @Test
    void and_its_place_is_told_where_nothing_is_exposed() throws Exception {
        layout.expose(Expose.NONE);

        Unroutable refused = refused(Unroutable.class, messages(",'tools':[{'name':7}]"));

        assertThat(refused.problem().message()).startsWith("tools[0].name: it is 7");
        assertThat(refused.problem().details()).containsExactly(entry("param", "tools[0].name"));
    }

    @Test
    void the_next_target_is_tried_as_ever() throws Exception {
        backends.on("gpu", call -> {
            throw new BackendException(FailureKind.OVERLOADED, "full");
        });

        assertThat(bytes(messages(""))).contains("Hi from here");
    }

    @Test
    void a_dialect_that_nobody_translates_is_refused() throws Exception {
        RouteRequest rerank = RouteRequest.of(
                Dialect.OPENAI_RERANK, Body.of("{\"model\":\"coding\",\"query\":\"x\",\"documents\":[\"y\"]}"));

        RouteException refused = refused(RouteException.class, rerank);

        assertThat(refused).isNotInstanceOf(Exhausted.class);
        assertThat(refused.problem().message()).contains("does not speak openai.rerank");
    }

    @Test
    void the_operators_words_reach_a_backend_in_whatever_dialect() throws Exception {
        layout.profile("brief", draft -> draft.systemPrompt = new Directive("", "", "Be brief."), "gpu/m");
        String body = "{'model':'brief','max_tokens':9,'system':'Kind.','messages':[{'role':'user','content':'Hi'}]}";

        bytes(RouteRequest.of(Dialect.ANTHROPIC_MESSAGES, Body.of(body.replace('\'', '"'))));
        bytes(body("{\"model\":\"brief\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));

        assertThat(backends.sent("gpu"))
                .extracting(sent -> sent.body().replace('"', '\''))
                .containsExactly(
                        "{'max_tokens':9,'messages':[{'role':'system','content':'Kind.\\n\\nBe brief.'},"
                                + "{'role':'user','content':'Hi'}],'model':'m'}",
                        "{'model':'m','messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hi'}]}");
    }

    private static final String LATER = "{'model':'coding','max_tokens':9,'messages':[{'role':'user','content':'Hi'},"
            + "{'role':'assistant','content':'Yes?'},{'role':'system','content':'Hurry.'},{'role':'user','content':'Go'}]}";

    private static RouteRequest later() {
        return RouteRequest.of(Dialect.ANTHROPIC_MESSAGES, Body.of(LATER.replace('\'', '"')));
    }

    private void refusesTheSystemLater() {
        backends.on("gpu", call -> {
            if (text(call).contains("{\"role\":\"system\",\"content\":\"Hurry.\"}")) {
                throw new BackendException(Failure.ofStatus(400, "System message must be at the beginning."));
            }
            return Chat.says("Hi").answer(call);
        });
    }

    private static String text(BackendCall call) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            call.body().writeTo(out);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return out.toString(UTF_8);
    }

    @Test
    void a_model_that_refuses_the_systems_later_words_hears_them_from_the_user_ever_after() throws Exception {
        refusesTheSystemLater();

        try (RoutedResponse response = ask(later())) {
            assertThat(read(response)).contains("\"text\":\"Hi\"");
            assertThat(response.trace().notes())
                    .singleElement()
                    .asString()
                    .contains("gpu/m refuses to hear the system");
        }
        bytes(later());

        assertThat(backends.sent("gpu")).hasSize(3);
        assertThat(backends.sent("gpu").getLast().body())
                .contains("{\"role\":\"assistant\",\"content\":\"Yes?\"},{\"role\":\"user\",\"content\":\"Hurry.\"}");
    }

    @Test
    void a_model_that_refuses_for_another_reason_is_not_asked_again() throws Exception {
        backends.on("gpu", call -> {
            throw new BackendException(Failure.ofStatus(400, "The temperature is too high."));
        });

        refused(Unroutable.class, later());

        assertThat(backends.sent("gpu")).hasSize(1);
    }

    @Test
    void a_request_that_passes_as_it_is_has_only_the_roles_changed() throws Exception {
        backends.dialects = Set.of(Dialect.ANTHROPIC_MESSAGES);
        String whole = "{'content':[{'type':'text','text':'Hi'}],'stop_reason':'end_turn'}".replace('\'', '"');
        backends.on("gpu", call -> {
            if (text(call).contains("\"role\":\"system\"")) {
                throw new BackendException(Failure.ofStatus(400, "messages: Unexpected role \"system\"."));
            }
            return Tape.json(whole);
        });

        assertThat(bytes(later())).isEqualTo(whole);
        assertThat(backends.sent("gpu").getLast().body().replace('"', '\''))
                .isEqualTo(LATER.replace("'role':'system'", "'role':'user'").replace("'coding'", "'m'"));
    }

    @Test
    void a_refusal_of_the_systems_later_words_inside_a_stream_is_learnt_from_too() throws Exception {
        backends.on("gpu", call -> {
            if (text(call).contains("{\"role\":\"system\",\"content\":\"Hurry.\"}")) {
                return Tape.sse(Chat.ROLE
                        + Chat.frame(
                                "{\"error\":{\"message\":\"System message must be at the beginning.\",\"code\":400}}"));
            }
            return Tape.sse(Chat.stream("Hi"));
        });
        String streamed =
                LATER.replace("'max_tokens'", "'stream':true,'max_tokens'").replace('\'', '"');

        String heard = bytes(RouteRequest.of(Dialect.ANTHROPIC_MESSAGES, Body.of(streamed)));

        assertThat(heard).contains("\"text\":\"Hi\"", "message_stop").doesNotContain("event: error");
        assertThat(backends.sent("gpu")).hasSize(2);
        assertThat(backends.sent("laptop")).isEmpty();
    }

    @Test
    void thoughts_of_a_server_of_another_dialect_are_not_sent_where_the_bytes_pass_as_they_are() throws Exception {
        backends.dialects = Set.of(Dialect.ANTHROPIC_MESSAGES);
        String whole = "{'content':[{'type':'text','text':'Hi'}],'stop_reason':'end_turn'}".replace('\'', '"');
        backends.on("gpu", call -> Tape.json(whole));
        String foreign = "{'type':'thinking','thinking':'Hm','signature':'signalbox:openai.responses:E'}";
        String own = "{'type':'thinking','thinking':'Ah','signature':'S'}";
        String hi = "{'type':'text','text':'Hi'}";
        String request = "{'model':'coding','max_tokens':9,'messages':[{'role':'assistant','content':[%s,%s,%s]},"
                        .formatted(foreign, own, hi)
                + "{'role':'assistant','content':[%s]},{'role':'user','content':'signalbox:x'}]}".formatted(foreign);

        try (RoutedResponse response =
                ask(RouteRequest.of(Dialect.ANTHROPIC_MESSAGES, Body.of(request.replace('\'', '"'))))) {
            assertThat(response.trace().dropped()).containsExactly("reasoning");
        }

        assertThat(backends.body("gpu").replace('"', '\''))
                .isEqualTo("{'model':'m','max_tokens':9,'messages':[{'role':'assistant','content':[%s,%s]},"
                                .formatted(own, hi)
                        + "{'role':'user','content':'signalbox:x'}]}");
    }

    @Test
    void a_broken_stream_of_events_that_are_numbered_ends_with_the_next_numbers() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.ROLE + Chat.text("Hi") + Chat.PING));
        String request = "{'model':'coding','stream':true,'input':'Hi'}".replace('\'', '"');

        String heard = bytes(RouteRequest.of(Dialect.OPENAI_RESPONSES, Body.of(request)));

        long events = heard.lines().filter(line -> line.startsWith("data: ")).count();
        assertThat(heard.lines().filter(line -> line.startsWith("event: ")).skip(events - 2))
                .containsExactly("event: error", "event: response.failed");
        for (int number = 0; number < events; number++) {
            assertThat(heard).contains("\"sequence_number\":" + number);
        }
        assertThat(heard).doesNotContain("\"sequence_number\":" + events);
    }

    @Test
    void how_much_is_thought_and_said_unless_the_client_says_is_the_backends() throws Exception {
        backends.dialects = Set.of(Dialect.ANTHROPIC_MESSAGES);
        backends.on("gpu", call -> Tape.json("{\"content\":[],\"stop_reason\":\"end_turn\"}"));
        Manner manner = new Manner(
                Manner.MidSystem.SYSTEM, Manner.Effort.TOKENS, Budgets.USUAL.with(Map.of("high", 24_000L)), 5000);
        layout.backend("gpu", backend -> backend.withManner(manner), "m");

        bytes(body("{\"model\":\"coding\",\"reasoning_effort\":\"high\",\"messages\":[]}"));

        assertThat(backends.body("gpu")).contains("\"max_tokens\":29000", "\"budget_tokens\":24000");
    }
}
