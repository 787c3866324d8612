package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where real requests go over HTTP, by the matchers that come along; the numbers are those of routers before us. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChoosingTest {

    private static final String PROFILES = """
            backends: { echo: { type: echo, offers: [ yes, no, other ], capabilities: { vision: yes, tools: yes, json-schema: yes, reasoning: yes } } }
            profiles: { "yes": { chain: echo/yes }, "no": { chain: echo/no }, other: { chain: echo/other } }
            default: no
            """;

    private final List<Configured> open = new ArrayList<>();

    private Configured router(String more) throws Exception {
        Configured router = Configured.by(PROFILES + more);
        open.add(router);
        return router;
    }

    /** A router that goes to {@code yes} where a condition holds, else to {@code no}. */
    private Configured when(String condition) throws Exception {
        return router("rules: [ { when: { %s }, use: yes } ]\n".formatted(condition));
    }

    @AfterEach
    void close_routers() {
        open.forEach(Configured::close);
    }

    private static String target(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Signalbox-Target").orElseGet(() -> answer.statusCode() + answer.body());
    }

    private static boolean fits(Configured router, String path, String body, String... headers) throws Exception {
        String target = target(router.server().post(path, body, headers));
        assertThat(target).isIn("echo/yes", "echo/no");
        return target.equals("echo/yes");
    }

    private static boolean fits(Configured router, String body) throws Exception {
        return fits(router, "/v1/chat/completions", body);
    }

    private static String said(String text) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "```xxxxxxxxxxxxxxxxxxxxxxxx```yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy | true",
                "```xxxxxxxxxxxxxxxxxxxxxxxx```yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy. | false",
                "``` x | false",
                "see ```never closed, and more code | false",
                "```a``` b ```c``` | true",
                "'' | false",
            })
    void thirty_percent_between_fences_is_enough_and_one_that_is_not_closed_is_none(String text, boolean fits)
            throws Exception {
        assertThat(fits(when("code-fence-ratio: \">= 0.3\""), said(text))).isEqualTo(fits);
    }

    @Test
    void four_hundred_characters_of_words_are_a_hundred_tokens_and_fewer_are_not() throws Exception {
        Configured router = when("token-count: \">= 100\"");

        assertThat(fits(router, said("abc ".repeat(100)))).isTrue();
        assertThat(fits(router, said("abc ".repeat(60)))).isFalse();
        assertThat(fits(router, said("\u732b".repeat(200))))
                .as("200 characters of Chinese")
                .isTrue();
        assertThat(fits(
                        router,
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"%s\"}]}".formatted("abc ".repeat(100))))
                .as("without any message of the user")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"claude-opus-4, true", "claude-, true", "my-claude-opus, false", "CLAUDE-opus, false"})
    void a_pattern_fits_all_of_a_model_name(String model, boolean fits) throws Exception {
        Configured router = router("""
                unknown-model: default
                rules: [ { when: { model-pattern: "claude-.*" }, use: yes } ]
                """);

        assertThat(fits(router, "{\"model\":\"%s\",\"messages\":[]}".formatted(model)))
                .isEqualTo(fits);
        assertThat(fits(router, "{\"messages\":[]}")).as("without a model").isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}} | true",
                "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,AA==\"} | true",
                "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AA==\"}} | true",
                "{\"type\":\"text\",\"text\":\"image_url\"} | false",
            })
    void an_image_counts_in_the_last_message_of_the_user_and_not_in_earlier_ones(String part, boolean fits)
            throws Exception {
        Configured router = when("has-image: yes");
        String last = "{\"messages\":[{\"role\":\"user\",\"content\":[%s]}]}".formatted(part);
        String earlier =
                "{\"messages\":[{\"role\":\"user\",\"content\":[%s]},{\"role\":\"user\",\"content\":\"And?\"}]}"
                        .formatted(part);

        assertThat(fits(router, last)).isEqualTo(fits);
        assertThat(fits(router, earlier)).isFalse();
        assertThat(fits(when("has-image: no"), last)).isEqualTo(!fits);
        assertThat(fits(when("has-image: { is: yes, in: whole-conversation }"), earlier))
                .isEqualTo(fits);
    }

    @Test
    void words_are_looked_for_letter_by_letter_in_the_texts_of_the_last_message_joined_by_line_feeds()
            throws Exception {
        String body = """
                {"messages":[{"role":"user","content":"Latin"},{"role":"assistant","content":"Greek"},
                 {"role":"user","content":[{"type":"text","text":"one Text"},{"type":"text","text":"two"}]}]}
                """;

        assertThat(fits(when("content-contains: Text"), body)).isTrue();
        assertThat(fits(when("content-contains: text"), body)).isFalse();
        assertThat(fits(when("content-contains: Latin"), body)).isFalse();
        assertThat(fits(when("content-contains: { text: Latin, in: whole-conversation }"), body))
                .isTrue();
        assertThat(fits(when("content-regex: \"Text\\\\ntwo\""), body)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"bash\",\"parameters\":{}}}] | true",
                "\"functions\":[{\"name\":\"bash\",\"parameters\":{}}] | true",
                "\"tools\":[] | false",
                "\"temperature\":0 | false",
            })
    void tools_are_on_offer_where_a_list_of_them_is_not_empty(String member, boolean fits) throws Exception {
        String body = "{\"messages\":[],%s}".formatted(member);

        assertThat(fits(when("has-tools: yes"), body)).isEqualTo(fits);
        assertThat(fits(when("has-tools: no"), body)).isEqualTo(!fits);
        assertThat(fits(when("tool-named: \"ba*\""), body)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message-count: \">= 1\" | true",
                "message-count: \"> 1\" | false",
                "header: { x-team: [ legal, tax ] } | true",
                "header: { x-team: tax } | false",
                "caller: anonymous | true",
                "caller: alice | false",
                "dialect: openai.chat | true",
                "dialect: [ anthropic, openai ] | true",
                "dialect: ollama | false",
                "streaming: no | true",
                "streaming: yes | false",
                "language: german | true",
                "language: java | false",
                "task: { is: [ code, fix ], urgency: critical } | true",
                "task: review | false",
                "time-of-day: 00:00-24:00 | true",
                "wants: [ json-schema, reasoning ] | true",
                "wants: logprobs | false",
                "any: [ { caller: alice }, { streaming: no } ] | true",
                "all: [ { caller: alice }, { streaming: no } ] | false",
                "all: [ { not: { caller: alice } }, { not: { any: [ { streaming: yes }, { dialect: ollama } ] } } ] | true",
            })
    void every_other_matcher_reads_a_real_request(String condition, boolean fits) throws Exception {
        String body = """
                {"messages":[{"role":"user","content":"Wie ist das Wetter und warum ist es nicht so, wie ich es will?"}],
                 "metadata":{"task":"fix","urgency":"critical"},"reasoning_effort":"high",
                 "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{}}}}
                """;

        assertThat(fits(when(condition), "/v1/chat/completions", body, "x-team", "legal"))
                .isEqualTo(fits);
    }

    @Test
    void what_is_asked_for_comes_in_the_order_of_body_header_mode_and_name() throws Exception {
        Configured router = router("modes: { fast: other }\n");
        String both = "{\"profile\":\"yes\",\"model\":\"no\",\"messages\":[]}";
        String name = "{\"model\":\"no\",\"messages\":[]}";
        String path = "/v1/chat/completions";

        assertThat(target(router.server().post(path, both, "X-Signalbox-Profile", "other", "X-Signalbox-Mode", "fast")))
                .isEqualTo("echo/yes");
        assertThat(target(router.server().post(path, name, "X-Signalbox-Profile", "yes", "X-Signalbox-Mode", "fast")))
                .isEqualTo("echo/yes");
        assertThat(target(router.server().post(path, name, "X-Signalbox-Mode", "fast")))
                .isEqualTo("echo/other");
        assertThat(target(router.server().post(path, name))).isEqualTo("echo/no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"modes: { fast: other }", ""})
    void a_mode_is_what_modes_say_and_no_profile_nor_looked_at_where_a_profile_is_asked_for(String modes)
            throws Exception {
        Configured router = router(modes + "\n");

        HttpResponse<String> unknown = router.chat("no", "Hello", "X-Signalbox-Mode", "yes");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("unknown_mode");
        assertThat(target(router.chat("no", "Hello", "X-Signalbox-Mode", "yes", "X-Signalbox-Profile", "other")))
                .isEqualTo("echo/other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "yse"})
    void a_profile_that_is_asked_for_has_to_be_one(String name) throws Exception {
        HttpResponse<String> answer = router("").chat("no", "Hello", "X-Signalbox-Profile", name);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("unknown_profile", "yes");
    }
}
