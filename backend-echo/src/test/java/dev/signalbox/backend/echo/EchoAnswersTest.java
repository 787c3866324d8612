package dev.signalbox.backend.echo;

import static dev.signalbox.backend.echo.Echoes.answer;
import static dev.signalbox.backend.echo.Echoes.asking;
import static dev.signalbox.backend.echo.Echoes.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Body;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EchoAnswersTest {

    private static final String CHAT = "\"messages\":[{\"role\":\"user\",\"content\":\"all clear\"}]";

    private final Backend backend = Echoes.plain();

    @Test
    void says_back_what_was_said() throws Exception {
        assertThat(answer(backend, saying("all clear", false))).isEqualTo("""
                {"id":"chatcmpl-echo","object":"chat.completion","created":0,"model":"demo","choices":[{"index":0,\
                "message":{"role":"assistant","content":"all clear"},"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""");
    }

    @Test
    void says_only_how_large_a_large_request_is() throws Exception {
        String large = "x".repeat(2 << 20);
        assertThat(answer(backend, saying(large, false)))
                .contains("\"content\":\"a request of 209")
                .hasSizeLessThan(500);
    }

    @Test
    void streams_word_by_word() throws Exception {
        String head = "data: {\"id\":\"chatcmpl-echo\",\"object\":\"chat.completion.chunk\",\"created\":0,"
                + "\"model\":\"demo\",\"choices\":[{\"index\":0,\"delta\":";
        assertThat(answer(backend, saying("all clear", true)))
                .isEqualTo(head + "{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n"
                        + head + "{\"content\":\"all \"},\"finish_reason\":null}]}\n\n"
                        + head + "{\"content\":\"clear\"},\"finish_reason\":null}]}\n\n"
                        + head + "{},\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: [DONE]\n\n");
    }

    @Test
    void tells_the_tokens_of_a_stream_if_the_client_asks() throws Exception {
        String asked = answer(
                backend, asking(Dialect.OPENAI_CHAT, true, CHAT + ",\"stream_options\":{\"include_usage\": true}"));
        assertThat(asked)
                .contains(
                        "\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}\n\n"
                                + "data: [DONE]\n\n");
    }

    @Test
    void tells_them_too_if_only_the_router_asks() throws Exception {
        BackendCall asked = saying("all clear", true);
        Body edited = Body.of("{\"stream_options\":{\"include_usage\":true}," + CHAT + "}");
        BackendCall call = new BackendCall(
                asked.request(),
                asked.dialect(),
                asked.model(),
                true,
                edited,
                asked.headers(),
                asked.via(),
                asked.deadline(),
                asked.cancellation());

        assertThat(answer(backend, call)).contains("\"choices\":[],\"usage\":{");
    }

    @Test
    void is_not_asked_for_them_by_a_text_that_looks_like_it() throws Exception {
        assertThat(answer(backend, saying("{\\\"include_usage\\\":true}", true)))
                .doesNotContain("prompt_tokens");
    }

    @Test
    void completes_a_prompt() throws Exception {
        String prompt = "\"prompt\":\"all clear\"";
        assertThat(answer(backend, asking(Dialect.OPENAI_COMPLETIONS, false, prompt)))
                .isEqualTo("""
                {"id":"cmpl-echo","object":"text_completion","created":0,"model":"demo","choices":[{"index":0,\
                "text":"all clear","logprobs":null,"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""");
        assertThat(answer(backend, asking(Dialect.OPENAI_COMPLETIONS, true, prompt)))
                .containsSubsequence("\"text\":\"all \"", "\"text\":\"clear\"", "\"stop\"", "data: [DONE]\n\n");
    }

    @Test
    void chats_as_ollama_does() throws Exception {
        assertThat(answer(backend, asking(Dialect.OLLAMA_CHAT, true, CHAT))).isEqualTo("""
                {"model":"demo","created_at":"1970-01-01T00:00:00Z","message":{"role":"assistant","content":"all "},"done":false}
                {"model":"demo","created_at":"1970-01-01T00:00:00Z","message":{"role":"assistant","content":"clear"},"done":false}
                {"model":"demo","created_at":"1970-01-01T00:00:00Z","message":{"role":"assistant","content":""},"done":true,\
                "done_reason":"stop","total_duration":0,"load_duration":0,"prompt_eval_count":3,"prompt_eval_duration":0,\
                "eval_count":2,"eval_duration":0}
                """);
        assertThat(answer(backend, asking(Dialect.OLLAMA_CHAT, false, CHAT)))
                .startsWith("{\"model\":\"demo\",\"created_at\":\"1970-01-01T00:00:00Z\","
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"all clear\"},\"done\":true,")
                .endsWith("}");
    }

    @Test
    void generates_as_ollama_does() throws Exception {
        String prompt = "\"prompt\":\"all clear\"";
        assertThat(answer(backend, asking(Dialect.OLLAMA_GENERATE, true, prompt)))
                .containsSubsequence("\"response\":\"all \"", "\"response\":\"clear\"", "\"done\":true");
        assertThat(answer(backend, asking(Dialect.OLLAMA_GENERATE, false, prompt)))
                .contains("\"response\":\"all clear\",\"done\":true");
    }

    @Test
    void answers_as_anthropic_does() throws Exception {
        assertThat(answer(backend, asking(Dialect.ANTHROPIC_MESSAGES, false, CHAT)))
                .isEqualTo("""
                {"id":"msg_echo","type":"message","role":"assistant","model":"demo",\
                "content":[{"type":"text","text":"all clear"}],"stop_reason":"end_turn","stop_sequence":null,\
                "usage":{"input_tokens":3,"output_tokens":2}}""");
        assertThat(answer(backend, asking(Dialect.ANTHROPIC_MESSAGES, true, CHAT)))
                .isEqualTo("""
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_echo","type":"message","role":"assistant",\
                "model":"demo","content":[],"stop_reason":null,"stop_sequence":null,\
                "usage":{"input_tokens":3,"output_tokens":0}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"all "}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"clear"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},\
                "usage":{"output_tokens":2}}

                event: message_stop
                data: {"type":"message_stop"}

                """);
    }

    @Test
    void says_what_kind_of_content_it_is() throws Exception {
        assertThat(type(saying("hi", false))).isEqualTo("application/json");
        assertThat(type(saying("hi", true))).isEqualTo("text/event-stream");
        assertThat(type(asking(Dialect.OLLAMA_CHAT, true, CHAT))).isEqualTo("application/x-ndjson");
    }

    @Test
    void puts_any_text_into_json() throws Exception {
        assertThat(answer(backend, saying("\\\"\\u0007\\n\\ud83d\\ude82\\\"", false)))
                .contains("\"content\":\"\\\"\\u0007\\n\\ud83d\\ude82\\\"\"");
    }

    @Test
    void nothing_said_is_answered_by_nothing() throws Exception {
        assertThat(answer(backend, saying("", true)))
                .contains("\"finish_reason\":\"stop\"")
                .doesNotContain("\"content\":\" ");
        assertThat(answer(backend, saying("", false))).contains("\"content\":\"\"");
    }

    @Test
    void answers_what_it_was_told_to() throws Exception {
        Backend polite = Echoes.with(config -> config.with(EchoBackendFactory.TEXT, "{model} heard: {text}"));
        assertThat(answer(polite, saying("{model}", false))).contains("\"content\":\"demo heard: {model}\"");
    }

    @Test
    void calls_a_tool_if_the_user_says_so() throws Exception {
        String openAi = "\"messages\":[{\"role\":\"user\",\"content\":\"please call clock\"}],"
                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"clock\"}}]";
        String call =
                "\"id\":\"call_echo\",\"type\":\"function\",\"function\":{\"name\":\"clock\",\"arguments\":\"{}\"}";
        assertThat(answer(backend, asking(Dialect.OPENAI_CHAT, false, openAi)))
                .contains("\"content\":null,\"tool_calls\":[{" + call + "}]", "\"finish_reason\":\"tool_calls\"");
        assertThat(answer(backend, asking(Dialect.OPENAI_CHAT, true, openAi)))
                .containsSubsequence("\"tool_calls\":[{\"index\":0," + call, "\"finish_reason\":\"tool_calls\"");
        assertThat(answer(backend, asking(Dialect.OLLAMA_CHAT, true, openAi)))
                .contains("\"tool_calls\":[{\"function\":{\"name\":\"clock\",\"arguments\":{}}}]");

        String anthropic =
                "\"messages\":[{\"role\":\"user\",\"content\":\"call clock\"}],\"tools\":[{\"name\":\"clock\"}]";
        assertThat(answer(backend, asking(Dialect.ANTHROPIC_MESSAGES, false, anthropic)))
                .contains(
                        "{\"type\":\"tool_use\",\"id\":\"toolu_echo\",\"name\":\"clock\",\"input\":{}}",
                        "\"tool_use\"");
        assertThat(answer(backend, asking(Dialect.ANTHROPIC_MESSAGES, true, anthropic)))
                .containsSubsequence("\"type\":\"tool_use\"", "\"input_json_delta\"", "\"stop_reason\":\"tool_use\"");
    }

    @Test
    void calls_no_tool_twice_and_none_that_is_not_offered() throws Exception {
        String called = "\"messages\":[{\"role\":\"user\",\"content\":\"call clock\"},"
                + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"clock\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"noon\"}],"
                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"clock\"}}]";
        assertThat(answer(backend, asking(Dialect.OPENAI_CHAT, false, called))).contains("\"content\":\"call clock\"");
        assertThat(answer(backend, saying("call clock", false))).contains("\"content\":\"call clock\"");
    }

    @Test
    void is_always_ready_and_says_what_it_can() throws Exception {
        Backend two = Echoes.with(config -> config.with(EchoBackendFactory.OFFERS, List.of("one", "two")));
        BackendStatus status = two.probe(Deadline.never());

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.models().orElseThrow()).extracting(ModelInfo::name).containsExactly("one", "two");
        ModelInfo model = status.models().orElseThrow().getFirst();
        assertThat(model.support(Capability.TOOLS)).isEqualTo(Support.YES);
        assertThat(model.support(Capability.VISION)).isEqualTo(Support.NO);
        assertThat(model.support(Capability.PROMPT_CACHE)).isEqualTo(Support.UNKNOWN);
    }

    @Test
    void speaks_every_dialect_it_names() throws Exception {
        for (Dialect dialect : backend.dialects()) {
            assertThat(answer(backend, asking(dialect, false, "\"input\":\"hi\"")))
                    .as(dialect.id())
                    .startsWith("{")
                    .endsWith("}")
                    .contains("\"demo\"");
        }
        assertThat(backend.dialects()).hasSize(7);
    }

    private String type(BackendCall call) throws Exception {
        try (BackendReply reply = backend.exchange(call)) {
            return reply.headers().first("content-type").orElseThrow();
        }
    }
}
