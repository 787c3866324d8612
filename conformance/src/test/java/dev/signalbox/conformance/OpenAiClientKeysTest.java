package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnauthorizedException;
import dev.signalbox.testkit.ScriptedOpenAi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** {@code credentials: client}: the key that a client has is the one that opens the server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiClientKeysTest {

    private static final Naps NAPS = new Naps();

    private static ScriptedOpenAi cloud;
    private static ScriptedOpenAi spare;
    private static Signalbox signalbox;
    private static OpenAIClient alice;
    private static OpenAIClient bob;

    @BeforeAll
    static void start() throws Exception {
        cloud = ScriptedOpenAi.start().requiring("alices-key");
        spare = ScriptedOpenAi.start();
        signalbox = Signalbox.configured("""
                backends:
                  cloud: { type: openai, base-url: "%s", models: [ test-model ], credentials: client, api-key: our-key }
                  spare: { type: openai, base-url: "%s", models: [ test-model ] }
                profiles:
                  both: { chain: [ cloud/test-model, spare/test-model ] }
                  at-all-costs: { chain: [ cloud/test-model, spare/test-model ], fall-back-on: [ unauthorized ] }
                """, cloud.uri(), spare.uri());
        alice = OpenAi.client(signalbox, NAPS, "alices-key");
        bob = OpenAi.client(signalbox, NAPS, "bobs-key");
    }

    @AfterAll
    static void stop() {
        alice.close();
        bob.close();
        signalbox.close();
        cloud.close();
        spare.close();
    }

    @Test
    void each_client_is_known_to_the_server_by_its_own_key_and_never_by_ours() {
        Asked asked = Asked.of(cloud);
        assertThat(OpenAi.text(alice.chat().completions().create(OpenAi.asking("cloud/test-model"))))
                .isEqualTo("All signals are green.");
        assertThat(OpenAi.text(OpenAi.streamed(alice, OpenAi.asking("cloud/test-model"))))
                .isEqualTo("All signals are green.");
        assertThat(asked.first().headers("authorization")).containsExactly("Bearer alices-key");
        assertThat(asked.last().headers("authorization")).containsExactly("Bearer alices-key");
        assertThat(asked.last().headers().toString()).doesNotContain("our-key");
    }

    @Test
    void a_key_that_the_server_refuses_is_the_clients_to_change_and_is_not_repeated() {
        Asked asked = Asked.of(cloud);
        assertThatThrownBy(() -> bob.chat().completions().create(OpenAi.asking("cloud/test-model")))
                .isInstanceOf(UnauthorizedException.class)
                .hasMessageContaining("not known here")
                .hasMessageNotContaining("bobs-key");
        assertThatThrownBy(() -> OpenAi.streamed(bob, OpenAi.asking("cloud/test-model")))
                .isInstanceOf(UnauthorizedException.class);
        assertThat(asked.times()).isEqualTo(2);
        assertThat(NAPS.taken()).isEmpty();
    }

    @Test
    void a_refused_key_is_no_reason_to_go_on_to_a_server_that_asks_for_none() {
        Asked asked = Asked.of(spare);
        for (String profile : new String[] {"both", "at-all-costs"}) {
            assertThatThrownBy(() -> bob.chat().completions().create(OpenAi.asking(profile)))
                    .isInstanceOfSatisfying(
                            OpenAIServiceException.class,
                            error -> assertThat(error.statusCode()).isEqualTo(401));
        }
        assertThat(asked.times()).isZero();
    }

    @Test
    void a_server_with_a_key_of_ours_or_none_never_sees_the_clients() {
        Asked asked = Asked.of(spare);
        assertThat(OpenAi.text(bob.chat().completions().create(OpenAi.asking("spare/test-model"))))
                .isEqualTo("All signals are green.");
        assertThat(asked.last().headers().toString()).doesNotContain("bobs-key");
    }
}
