package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.spi.RequestView;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TestRequestTest {

    @Test
    void reads_a_chat_with_parts_tools_and_calls() {
        RequestView request = TestRequest.of(Dialect.OPENAI_CHAT, """
                {"model":" m ","stream":true,"max_tokens":5,
                 "tools":[{"type":"function","function":{"name":"f"}}],
                 "messages":[
                  {"role":"system","content":"be brief"},
                  {"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:"}},
                                            {"type":"text","text":"b"}]},
                  {"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{\\"z\\": 1, \\"a\\": [ ]}"}}]}]}
                """);

        assertThat(request.model()).isEqualTo("m");
        assertThat(request.streamed()).isTrue();
        assertThat(request.maxTokens()).hasValue(5);
        assertThat(request.tools()).containsExactly("f");
        assertThat(request.lastUserText()).isEqualTo("a\nb");
        assertThat(request.images()).isEqualTo(1);
        assertThat(request.toolCalls()).containsExactly(new RequestView.ToolCall("f", "{\"a\":[],\"z\":1}"));
        assertThat(request.needs()).containsExactlyInAnyOrder(Capability.CHAT, Capability.TOOLS, Capability.VISION);
        assertThat(request.members()).containsExactly("model", "stream", "max_tokens", "tools", "messages");
        assertThat(request.raw("/messages/0/role")).contains("\"system\"");
    }

    @Test
    void reads_the_dialects_of_ollama_and_anthropic() {
        RequestView ollama = TestRequest.of(
                Dialect.OLLAMA_CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"images\":[\"AA\"]}]}");
        RequestView anthropic = TestRequest.of(Dialect.ANTHROPIC_MESSAGES, """
                {"system":[{"type":"text","text":"be brief"}],"messages":[
                 {"role":"assistant","content":[{"type":"tool_use","name":"f","input":{"b":2,"a":1}}]}]}
                """);

        assertThat(ollama.streamed()).isTrue();
        assertThat(ollama.images()).isEqualTo(1);
        assertThat(anthropic.messages().getFirst()).isEqualTo(new RequestView.Message("system", "be brief", 0));
        assertThat(anthropic.toolCalls()).containsExactly(new RequestView.ToolCall("f", "{\"a\":1,\"b\":2}"));
    }

    @Test
    void is_what_it_is_told_to_be() {
        TestRequest request = TestRequest.saying("12345678").header("x-a", "b").by("alice");

        assertThat(request.approximateTokens()).isEqualTo(2);
        assertThat(request.tokens(99).approximateTokens()).isEqualTo(99);
        assertThat(request.headers().first("X-A")).contains("b");
        assertThat(request.caller().name()).isEqualTo("alice");
        assertThat(request.needing(Capability.AUDIO).needs()).containsExactly(Capability.AUDIO);
    }
}
