package dev.signalbox.core.engine;

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
import dev.signalbox.spi.BackendException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Clients are answered by backends that speak only another dialect. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TranslatingTest extends TranslatingFixture {

    @Test
    void a_client_is_answered_in_its_own_words() throws Exception {
        assertThat(bytes(messages("")).replace('"', '\''))
                .contains("'content':[{'type':'text','text':'Hi'}],'stop_reason':'end_turn'")
                .contains("'usage':{'input_tokens':3,'output_tokens':5}");
        assertThat(backends.body("gpu").replace('"', '\''))
                .isEqualTo("{'max_tokens':9,'messages':[{'role':'user','content':'Hi'}],'model':'m'}");
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

        RouteException refused =
                refused(RouteException.class, anthropic("{'model':'strict','max_tokens':9,'top_k':3,'messages':[]}"));

        assertThat(refused.problem().message())
                .contains(
                        "gpu/m speaks openai.chat, in which top_k cannot be said; the profile wants nothing to be lost");
        assertThat(refused.problem().status()).isEqualTo(501);
        assertThat(backends.sent("gpu")).isEmpty();
    }

    @Test
    void a_profile_that_wants_nothing_to_be_lost_takes_a_target_that_can_say_all() throws Exception {
        layout.profile("strict", draft -> draft.lossless = true, "gpu/m");

        String heard =
                bytes(anthropic("{'model':'strict','max_tokens':9,'messages':[{'role':'user','content':'Hi'}]}"));

        assertThat(heard).contains("\"text\":\"Hi\"");
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

        bytes(anthropic(body));
        bytes(body("{\"model\":\"brief\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));

        assertThat(backends.sent("gpu"))
                .extracting(sent -> sent.body().replace('"', '\''))
                .containsExactly(
                        "{'max_tokens':9,'messages':[{'role':'system','content':'Kind.\\n\\nBe brief.'},"
                                + "{'role':'user','content':'Hi'}],'model':'m'}",
                        "{'model':'m','messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hi'}]}");
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

        try (RoutedResponse response = ask(anthropic(request))) {
            assertThat(response.trace().dropped()).containsExactly("reasoning");
        }

        assertThat(backends.body("gpu").replace('"', '\''))
                .isEqualTo("{'model':'m','max_tokens':9,'messages':[{'role':'assistant','content':[%s,%s]},"
                                .formatted(own, hi)
                        + "{'role':'user','content':'signalbox:x'}]}");
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
