package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Usage;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.translate.AnswerFacts;
import dev.signalbox.core.translate.Manner;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TaskTranslationTest {

    private static final Usage USAGE = new Usage(7, 3, 0, 0, Usage.Source.REPORTED);

    private static Translated translate(String json, Dialect to) throws Exception {
        return Translations.translate(
                Body.of(Requests.quoted(json)), Dialect.TASK, to, Manner.USUAL, Readings.standard(() -> true));
    }

    private static String said(String json, Dialect to) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        translate(json, to).body().writeTo(out);
        return out.toString(UTF_8).replace('"', '\'');
    }

    private static Retelling retelling(Dialect to) throws Exception {
        AnswerFacts facts = new AnswerFacts(
                "t1",
                "qwen3",
                OptionalLong.of(9_000_000_000L),
                () -> Duration.ofMillis(42),
                () -> Instant.EPOCH,
                note -> {});
        return translate("{'prompt':'x','agent':'Coder','role':'coder'}", to)
                .answer()
                .of(facts);
    }

    private static String told(byte[] bytes) {
        return new String(bytes, UTF_8).replace('"', '\'');
    }

    @Test
    void an_ollama_is_told_in_its_own_words_even_if_it_knows_others() {
        assertThat(Translations.into(Dialect.TASK, Set.of(Dialect.OPENAI_CHAT, Dialect.OLLAMA_CHAT)::contains))
                .contains(Dialect.OLLAMA_CHAT);
        assertThat(Translations.into(Dialect.TASK, Set.of(Dialect.OPENAI_CHAT)::contains))
                .contains(Dialect.OPENAI_CHAT);
        assertThat(Translations.into(Dialect.TASK, Set.of(Dialect.OPENAI_EMBEDDINGS)::contains))
                .isEmpty();
    }

    @Test
    void a_task_becomes_a_chat() throws Exception {
        assertThat(said(
                        "{'prompt':'Fix','context':'Broken','system':'Kind','instruction':'Think','task_type':'fix',"
                                + "'urgency':'high','role':'coder','agent':'Coder','max_tokens':9,'temperature':0.70,'seed':1}",
                        Dialect.OPENAI_CHAT))
                .isEqualTo("{'messages':[{'role':'system','content':'Think\\n\\nKind'},"
                        + "{'role':'user','content':'Broken\\n\\nFix'}],'max_tokens':9,'temperature':0.70,'seed':1}");
    }

    @Test
    void a_stream_is_asked_how_many_tokens_it_took() throws Exception {
        assertThat(said("{'prompt':'Fix','stream':true}", Dialect.OPENAI_CHAT))
                .isEqualTo("{'messages':[{'role':'user','content':'Fix'}],'stream':true,"
                        + "'stream_options':{'include_usage':true}}");
    }

    @Test
    void ollama_is_told_how_to_sample_where_it_looks_for_it() throws Exception {
        assertThat(said("{'prompt':'Fix','max_tokens':9,'temperature':0.5,'stop':['x']}", Dialect.OLLAMA_CHAT))
                .isEqualTo("{'messages':[{'role':'user','content':'Fix'}],'stream':false,"
                        + "'options':{'num_predict':9,'temperature':0.5,'stop':['x']}}");
    }

    @Test
    void tools_are_offered_and_withheld() throws Exception {
        assertThat(said("{'prompt':'x','tools':[{'a':1}],'tool_choice':'none'}", Dialect.OPENAI_CHAT))
                .contains("'tools':[{'a':1}],'tool_choice':'none'");
        assertThat(said("{'prompt':'x','tools':[{'a':1}],'tool_choice':'auto'}", Dialect.OLLAMA_CHAT))
                .contains("'tools':[{'a':1}]")
                .doesNotContain("tool_choice");
        assertThat(said("{'prompt':'x','tools':[{'a':1}],'tool_choice':'none'}", Dialect.OLLAMA_CHAT))
                .doesNotContain("tools");
    }

    @Test
    void what_cannot_be_said_is_taken_out_and_told() throws Exception {
        String task = "{'prompt':'x','mood':'good','a/b':1,'tools':[{}],'tool_choice':'required'}";

        assertThat(translate(task, Dialect.OPENAI_CHAT).losses())
                .extracting(edit -> edit + " " + edit.drops().orElse(""))
                .containsExactly("remove /mood mood", "remove /a~1b a/b");
        assertThat(translate(task, Dialect.OLLAMA_CHAT).losses())
                .extracting(edit -> edit.drops().orElse(""))
                .containsExactly("mood", "a/b", "tool_choice");
    }

    @Test
    void an_answer_is_told_as_a_task_with_all_that_is_known() throws Exception {
        String reply = Requests.quoted("{'choices':[{'message':{'content':'Done.','reasoning_content':'Hm.',"
                + "'tool_calls':[{'id':'c'}]},'finish_reason':'tool_calls'}]}");

        assertThat(told(retelling(Dialect.OPENAI_CHAT).whole(reply.getBytes(UTF_8), Optional.of(USAGE))))
                .isEqualTo("{'model':'qwen3','agent':'Coder','role':'coder','response':'Done.','reasoning':'Hm.',"
                        + "'tool_calls':[{'id':'c'}],'finish_reason':'tool_calls','tokens_generated':3,'prompt_tokens':7,"
                        + "'latency_ms':42,'memory_used_gb':9.0,'timestamp':'1970-01-01T00:00:00Z'}");
    }

    @Test
    void what_nobody_knows_is_null() throws Exception {
        AnswerFacts facts =
                new AnswerFacts("t", "m", OptionalLong.empty(), () -> Duration.ZERO, () -> Instant.EPOCH, note -> {});
        Retelling retelling =
                translate("{'prompt':'x'}", Dialect.OLLAMA_CHAT).answer().of(facts);

        assertThat(told(retelling.whole(
                        "{\"message\":{\"content\":\"Hi\"},\"done\":true}".getBytes(UTF_8), Optional.empty())))
                .contains("'agent':null")
                .contains("'tokens_generated':null")
                .contains("'memory_used_gb':null")
                .contains("'finish_reason':'stop'");
    }

    @Test
    void a_stream_is_told_piece_by_piece_and_ends_with_the_account() throws Exception {
        Retelling chat = retelling(Dialect.OPENAI_CHAT);

        assertThat(told(chat.frame(Frame.data("{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}"))))
                .isEmpty();
        assertThat(told(chat.frame(Frame.data("{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}"))))
                .isEqualTo("data: {'response':'Hi'}\n\n");
        assertThat(told(chat.frame(Frame.data("{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}"))))
                .isEmpty();
        assertThat(told(chat.frame(Frame.comment("ping")))).isEmpty();
        assertThat(told(chat.frame(Frame.data("[DONE]")))).isEmpty();
        assertThat(told(chat.end(Optional.of(USAGE))))
                .startsWith("data: {'model':'qwen3','agent':'Coder','role':'coder','finish_reason':'length',"
                        + "'tokens_generated':3,")
                .endsWith("'done':true}\n\n");
    }

    @Test
    void lines_of_ollama_become_events() throws Exception {
        Retelling ollama = retelling(Dialect.OLLAMA_CHAT);

        assertThat(told(ollama.frame(
                        Frame.line("{\"message\":{\"content\":\"\",\"thinking\":\"Hm\"},\"done\":false}"))))
                .isEqualTo("data: {'reasoning':'Hm'}\n\n");
        assertThat(told(ollama.frame(
                        Frame.line("{\"message\":{\"content\":\"Hi\"},\"done\":true,\"done_reason\":\"stop\"}"))))
                .isEqualTo("data: {'response':'Hi'}\n\n");
    }

    @Test
    void an_embedder_reads_an_answer_to_a_task_like_any_other() throws Exception {
        ReplyReader reader = ReplyReader.of(Dialect.TASK);

        assertThat(reader.answer(Frame.data("{\"response\":\"Hi\"}")).text()).isEqualTo("Hi");
        Signal last = reader.read(Frame.data("{\"tokens_generated\":3,\"finish_reason\":\"stop\",\"done\":true}"));
        assertThat(last.finish()).isTrue();
        assertThat(last.end()).isTrue();
        assertThat(reader.usage().orElseThrow().output()).isEqualTo(3);
        assertThat(reader.read(Frame.data("{\"detail\":\"no\",\"error\":{\"code\":\"full\"}}"))
                        .error())
                .isPresent();
    }
}
