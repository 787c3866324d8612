package dev.signalbox.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Body;
import dev.signalbox.api.Caller;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.frame.Framing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestReaderTest {

    private static final Dialect UNKNOWN = new Dialect("house.song", true, Framing.SSE);

    @Test
    void reads_the_facts_of_a_request() throws Exception {
        ParsedRequest request = Requests.read(
                Dialect.OPENAI_CHAT, "{'model':' qwen3:8b ','profile':'coding','stream':true,'messages':[]}");

        assertThat(request.model()).isEqualTo("qwen3:8b");
        assertThat(request.profile()).contains("coding");
        assertThat(request.streamed()).isTrue();
        assertThat(request.members()).containsExactly("model", "profile", "stream", "messages");
        assertThat(request.size()).isEqualTo(69);
        assertThat(request.caller()).isEqualTo(Caller.ANONYMOUS);
        assertThat(request.dialect()).isEqualTo(Dialect.OPENAI_CHAT);
        assertThat(request.raw("/messages")).contains("[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}",
                "{'model':null,'profile':null,'stream':null}",
                "{'model':'  ','profile':''}",
            })
    void takes_null_and_nothing_for_not_said(String json) throws Exception {
        ParsedRequest request = Requests.read(Dialect.OPENAI_CHAT, json);

        assertThat(request.model()).isEmpty();
        assertThat(request.profile()).isEmpty();
        assertThat(request.streamed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "openai.chat, false",
        "openai.responses, false",
        "anthropic.messages, false",
        "ollama.chat, true",
        "ollama.generate, true",
        "ollama.embed, false",
        "ollama.embeddings, false",
        "task, false"
    })
    void streams_by_the_default_of_the_dialect(String id, boolean streamed) throws Exception {
        Dialect dialect = Dialect.KNOWN.stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow();

        assertThat(Requests.read(dialect, "{'prompt':'x'}").streamed()).isEqualTo(streamed);
        assertThat(Requests.read(dialect, "{'prompt':'x','stream':true}").streamed())
                .isTrue();
        assertThat(Requests.read(dialect, "{'prompt':'x','stream':false}").streamed())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'model':5}            | invalid_model     | model: it is a number; a string such as",
                "{'model':['m']}        | invalid_model     | model: it is an array",
                "{'stream':'yes'}       | invalid_stream    | stream: it is a string; true or false is expected",
                "{'stream':1}           | invalid_stream    | stream: it is a number",
                "{'profile':{}}         | invalid_profile   | profile: it is an object",
                "{'model':'a','model':1}| duplicate_member  | two members",
                "[]                     | not_an_object     | an array",
                "{'a':                  | invalid_json      | line 1",
            })
    void refuses_what_nobody_could_answer(String json, String code, String part) {
        assertThatThrownBy(() -> Requests.read(Dialect.OPENAI_CHAT, json))
                .isInstanceOfSatisfying(
                        BadRequest.class, bad -> assertThat(bad.code()).isEqualTo(code))
                .hasMessageContaining(part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{'model':5} | model", "{'stream':1} | stream", "{'profile':{}} | profile", "[] | ''"})
    void says_which_member_is_wrong_if_it_is_one(String json, String place) {
        assertThatThrownBy(() -> Requests.read(Dialect.OPENAI_CHAT, json))
                .isInstanceOfSatisfying(
                        BadRequest.class,
                        bad -> assertThat(bad.place().orElse("''")).isEqualTo(place));
    }

    @Test
    void refuses_a_name_that_is_no_name() {
        String json = "{'model':'" + "m".repeat(600) + "'}";

        assertThatThrownBy(() -> Requests.read(Dialect.OPENAI_CHAT, json))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("512");
    }

    @Test
    void names_the_model_and_takes_our_own_field_out() throws Exception {
        ParsedRequest request = Requests.read(Dialect.OPENAI_CHAT, "{'profile':'p', 'model':'auto' ,'n':1.0}");
        ParsedRequest bare = Requests.read(Dialect.OPENAI_CHAT, "{'n':1.0}");

        assertThat(Requests.edited(
                        request,
                        join(request.edits().withoutOwnField(), request.edits().naming("gpu \"8b\""))))
                .isEqualTo("{'model':'gpu \\'8b\\'' ,'n':1.0}");
        assertThat(Requests.edited(
                        bare, join(bare.edits().withoutOwnField(), bare.edits().naming("m"))))
                .isEqualTo("{'n':1.0,'model':'m'}");
    }

    @Test
    void reads_the_body_once_for_the_facts_and_once_more_for_what_is_said() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Body body = counting(
                Requests.quoted("{'model':'m','tools':[],'messages':[{'role':'user','content':'hi'}]}"), opened);

        ParsedRequest request = RequestReader.read(RouteRequest.of(Dialect.OPENAI_CHAT, body), Requests.READINGS);
        request.needs();
        request.images();
        request.maxTokens();
        assertThat(opened).hasValue(1);

        request.messages();
        request.lastUserText();
        request.wholeText();
        request.toolCalls();
        assertThat(opened).hasValue(2);
    }

    @Test
    void answers_many_threads_at_once_with_one_reading() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Body body = counting(Requests.quoted("{'messages':[{'role':'user','content':'hi'}]}"), opened);
        ParsedRequest request = RequestReader.read(RouteRequest.of(Dialect.OPENAI_CHAT, body), Requests.READINGS);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> questions = Stream.<Callable<String>>generate(() -> request::lastUserText)
                    .limit(50)
                    .toList();
            for (Future<String> answer : threads.invokeAll(questions)) {
                assertThat(answer.get()).isEqualTo("hi");
            }
        }
        assertThat(opened).hasValue(2);
    }

    @Test
    void understands_nothing_of_a_dialect_that_only_its_plugin_knows() throws Exception {
        ParsedRequest request = Requests.read(UNKNOWN, "{'model':'m','messages':[{'role':'user'}]}");

        assertThat(request.messages()).isEmpty();
        assertThat(request.needs()).isEqualTo(Set.of());
        assertThat(request.approximateTokens()).isZero();
        assertThat(request.appendInstruction("x")).isEmpty();
        assertThat(request.asksUsage()).isTrue();
    }

    @Test
    void knows_what_ties_a_request_to_earlier_ones() throws Exception {
        assertThat(Requests.read(Dialect.OPENAI_CHAT, "{'user':' u1 '}").session())
                .isEqualTo("u1");
        assertThat(Requests.read(Dialect.OPENAI_CHAT, "{'user':'u1','prompt_cache_key':'k'}")
                        .session())
                .isEqualTo("k");
        assertThat(Requests.read(Dialect.ANTHROPIC_MESSAGES, "{'metadata':{'user_id':'s'}}")
                        .session())
                .isEqualTo("s");
        RouteRequest said = RouteRequest.of(Dialect.OPENAI_CHAT, Body.of(Requests.quoted("{'user':'u1'}")))
                .withHeader("x-signalbox-session", "h");
        assertThat(RequestReader.read(said, Requests.READINGS).session()).isEqualTo("h");
    }

    @Test
    void takes_nothing_for_a_session_that_is_no_name() throws Exception {
        assertThat(Requests.read(Dialect.OPENAI_CHAT, "{'user':7,'metadata':[]}")
                        .session())
                .isEqualTo("7");
        assertThat(Requests.read(Dialect.OPENAI_CHAT, "{'user':{'a':1}}").session())
                .isEmpty();
        assertThat(Requests.read(Dialect.OPENAI_CHAT, "{'user':'%s'}".formatted("x".repeat(5000)))
                        .session())
                .isEmpty();
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static Body counting(String text, AtomicInteger opened) {
        Body body = Body.of(text);
        return new Body() {
            @Override
            public long size() {
                return body.size();
            }

            @Override
            public InputStream open() throws IOException {
                opened.incrementAndGet();
                return body.open();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                body.writeTo(out);
            }
        };
    }
}
