package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Weight;
import dev.signalbox.core.translate.Language;
import dev.signalbox.core.translate.Languages;
import dev.signalbox.core.translate.Manner;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TranslationsTest {

    private static final int MIB = 1 << 20;

    private static Body body(String json) {
        return Body.of(json.replace('\'', '"').getBytes(UTF_8));
    }

    @Test
    void a_chat_is_said_in_the_dialect_that_says_most() {
        assertThat(Translations.into(Dialect.ANTHROPIC_MESSAGES, Set.of(Dialect.OPENAI_CHAT)::contains))
                .contains(Dialect.OPENAI_CHAT);
        assertThat(Translations.into(Dialect.OPENAI_CHAT, Set.of(Dialect.ANTHROPIC_MESSAGES)::contains))
                .contains(Dialect.ANTHROPIC_MESSAGES);
        assertThat(Translations.into(Dialect.OPENAI_EMBEDDINGS, dialect -> true))
                .isEmpty();
    }

    @Test
    void a_value_that_means_nothing_is_the_clients_fault() {
        assertThatThrownBy(() -> Translations.translate(
                        body("{'messages':[{'role':'user','content':[{'type':7}]}]}"),
                        Dialect.OPENAI_CHAT,
                        Dialect.ANTHROPIC_MESSAGES,
                        Manner.USUAL,
                        Requests.READINGS))
                .isInstanceOfSatisfying(BadRequest.class, bad -> {
                    assertThat(bad.status()).isEqualTo(400);
                    assertThat(bad.code()).isEqualTo("invalid_value");
                    assertThat(bad.message()).startsWith("messages[0].content[0].type: ");
                });
    }

    @Test
    void so_is_a_number_that_nothing_can_hold() {
        assertThatThrownBy(() -> Translations.translate(
                        body("{'messages':[{'role':'user','content':'x','more':[1e99999999999]}]}"),
                        Dialect.OPENAI_CHAT,
                        Dialect.ANTHROPIC_MESSAGES,
                        Manner.USUAL,
                        Requests.READINGS))
                .isInstanceOfSatisfying(BadRequest.class, bad -> {
                    assertThat(bad.code()).isEqualTo("invalid_number");
                    assertThat(bad.message()).startsWith("messages[0].more[0] (line 1, column ");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'",
                "'\u65e5\u672c'",
                "'\\u65e5'",
                "''",
                "{}",
                "[]",
                "7",
                "{'type':'text','text':''}",
                "{'type':'text','text':'x','a':{},'b':[1.5]}",
                "{'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD'}}",
                "{'type':'tool_result','tool_use_id':'a','content':'x'}"
            })
    void a_large_body_takes_no_more_memory_than_it_is_said_to(String part) throws Exception {
        String parts = (part + ",").repeat(MIB / part.length()) + part;
        List<Language> all = Languages.all();
        for (int i = 0; i < all.size(); i++) {
            Language from = all.get(i);
            Language to = all.get((i + 1) % all.size());
            String turns = from.dialect().equals(Dialect.OPENAI_RESPONSES) ? "input" : "messages";
            check(body("{'" + turns + "':[{'role':'user','content':[" + parts + "]}]}"), from, to);
        }
        String many = ("{'role':'user','content':[" + part + "]},").repeat(MIB / 99);
        check(body("{'messages':[],'extra':[" + parts + "]}"), all.get(0), all.get(1));
        check(body("{'messages':[" + many + "{}]}"), all.get(1), all.get(0));
    }

    private static void check(Body body, Language from, Language to) throws Exception {
        long said = Weight.of(body);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Translations.translate(
                    body, from.dialect(), to.dialect(), Manner.USUAL, new Readings(Integer.MAX_VALUE, () -> true));
        } catch (BadRequest refused) {
            // has taken some memory up to here, too
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(said);
    }
}
