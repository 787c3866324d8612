package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Words.bytes;
import static dev.signalbox.core.translate.Words.heard;
import static dev.signalbox.core.translate.Words.json;
import static dev.signalbox.core.translate.Words.said;
import static dev.signalbox.core.translate.Words.texts;
import static dev.signalbox.core.translate.Words.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.core.translate.Words.Said;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Tools that take a text, and tools in namespaces, are functions for whoever knows nothing else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CustomToolsTest {

    /** As Codex asks: an editor that takes a text of some grammar, and the tools of somebody's server. */
    private static final String TOOLS = "'tools':[{'type':'custom','name':'apply_patch','description':'Edits files.',"
            + "'format':{'type':'grammar','syntax':'lark','definition':'start: line+'}},"
            + "{'type':'namespace','name':'mcp__box__','description':'Signals.','tools':[{'type':'function',"
            + "'name':'set','description':'Sets one.','parameters':{'type':'object'},'strict':false}]}]";

    private static final String HISTORY = "'input':[{'type':'message','role':'user','content':'Go on'},"
            + "{'type':'custom_tool_call','call_id':'c1','name':'apply_patch','input':'*** Begin\\n+x'},"
            + "{'type':'custom_tool_call_output','call_id':'c1','output':'Done'},"
            + "{'type':'function_call','call_id':'c2','name':'set','namespace':'mcp__box__','arguments':'{}'},"
            + "{'type':'function_call_output','call_id':'c2','output':'red'}]";

    /** The same editor, as a client of chats offers it. */
    private static final String CHAT = "{'stream':true,'tools':[{'type':'custom','custom':{'name':'apply_patch',"
            + "'description':'Edits files.','format':{'type':'grammar','grammar':{'syntax':'lark','definition':'start: line+'}}}},"
            + "{'type':'function','function':{'name':'set'}}],'tool_choice':{'type':'custom','custom':{'name':'apply_patch'}},"
            + "'messages':[{'role':'user','content':'Go on'},{'role':'assistant','tool_calls':["
            + "{'id':'c1','type':'custom','custom':{'name':'apply_patch','input':'*** Begin\\n+x'}}]},"
            + "{'role':'tool','tool_call_id':'c1','content':'Done'}]}";

    private static final String ASKED = "{'stream':true," + TOOLS + "," + HISTORY + "}";

    @Test
    void they_are_said_as_functions_and_nothing_is_lost() throws Exception {
        Said there = said(ASKED, OPENAI_RESPONSES, OPENAI_CHAT);

        assertThat(there.lost()).isEmpty();
        assertThat(there.body().path("tools"))
                .isEqualTo(json("[{'type':'function','function':{'name':'apply_patch','description':'Edits files.\\n\\n"
                        + "The input has to keep to this grammar (lark):\\nstart: line+','parameters':{'type':'object',"
                        + "'properties':{'input':{'type':'string'}},'required':['input']}}},"
                        + "{'type':'function','function':{'name':'mcp__box__set','description':'Sets one.',"
                        + "'parameters':{'type':'object'},'strict':false}}]"));
        assertThat(there.body().at("/messages/1/tool_calls/0/function"))
                .isEqualTo(json("{'name':'apply_patch','arguments':'{\\'input\\':\\'*** Begin\\\\n+x\\'}'}"
                        .replace("\\'", "\\\"")));
        assertThat(there.body().at("/messages/2"))
                .isEqualTo(json("{'role':'tool','tool_call_id':'c1','content':'Done'}"));
        assertThat(there.body().at("/messages/3/tool_calls/0/function/name").asText())
                .isEqualTo("mcp__box__set");
    }

    @Test
    void in_their_own_dialect_they_are_what_they_were() throws Exception {
        Said again = said(ASKED, OPENAI_RESPONSES, OPENAI_RESPONSES);

        assertThat(again.body().path("tools")).isEqualTo(json(ASKED).path("tools"));
        assertThat(again.body().path("input")).isEqualTo(json(ASKED).path("input"));
        assertThat(again.lost()).isEmpty();
    }

    @Test
    void their_calls_are_told_as_the_client_knows_them() throws Exception {
        List<String> told = texts(heard(
                bytes("data: {'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'c3','function':"
                        + "{'name':'apply_patch','arguments':'{\\'inp".replace("\\'", "\\\"")
                        + "'}}]}}]}\n\n"
                        + "data: {'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'"
                        + "ut\\':\\'+x\\'}".replace("\\'", "\\\"")
                        + "'}}]}}]}\n\n"
                        + "data: {'choices':[{'index':0,'delta':{'tool_calls':[{'index':1,'id':'c4','function':"
                        + "{'name':'mcp__box__set','arguments':'{}'}}]},'finish_reason':'tool_calls'}]}\n\n"),
                OPENAI_CHAT,
                OPENAI_RESPONSES,
                ASKED,
                1 << 16));

        assertThat(told)
                .filteredOn(text -> text.contains("custom_tool_call_input") || text.contains("output_item.done"))
                .extracting(
                        text -> text.replaceAll(",'sequence_number':\\d+", "").replaceAll("_t1_\\d", ""))
                .containsExactly(
                        "{'type':'response.custom_tool_call_input.delta','item_id':'ctc','output_index':0,'delta':'+x'}",
                        "{'type':'response.custom_tool_call_input.done','item_id':'ctc','output_index':0,'input':'+x'}",
                        "{'type':'response.output_item.done','output_index':0,'item':{'call_id':'c3','id':'ctc',"
                                + "'type':'custom_tool_call','status':'completed','name':'apply_patch','input':'+x'}}",
                        "{'type':'response.output_item.done','output_index':1,'item':{'call_id':'c4','id':'fc',"
                                + "'type':'function_call','status':'completed','name':'set','namespace':'mcp__box__',"
                                + "'arguments':'{}'}}");
        assertThat(told).noneMatch(text -> text.contains("function_call_arguments.delta'") && text.contains("inp"));
    }

    @Test
    void those_of_chats_are_said_as_functions_too() throws Exception {
        Said there = said(CHAT, OPENAI_CHAT, ANTHROPIC_MESSAGES);

        assertThat(there.lost()).isEmpty();
        assertThat(there.body().at("/tools/0"))
                .isEqualTo(json(
                        "{'name':'apply_patch','description':'Edits files.\\n\\nThe input has to keep to this grammar "
                                + "(lark):\\nstart: line+','input_schema':{'type':'object','properties':{'input':{'type':'string'}},"
                                + "'required':['input']}}"));
        assertThat(there.body().path("tool_choice")).isEqualTo(json("{'type':'tool','name':'apply_patch'}"));
        assertThat(there.body().at("/messages/1/content/0"))
                .isEqualTo(
                        json("{'type':'tool_use','id':'c1','name':'apply_patch','input':{'input':'*** Begin\\n+x'}}"));
        assertThat(there.body().at("/messages/2/content/0/tool_use_id").asText())
                .isEqualTo("c1");
    }

    @Test
    void those_of_chats_stay_what_they_were_in_chats() throws Exception {
        Said again = said(CHAT, OPENAI_CHAT, OPENAI_CHAT);

        assertThat(again.body().path("tools")).isEqualTo(json(CHAT).path("tools"));
        assertThat(again.body().path("tool_choice")).isEqualTo(json(CHAT).path("tool_choice"));
        assertThat(again.body().path("messages")).isEqualTo(json(CHAT).path("messages"));
    }

    @Test
    void a_client_of_chats_is_told_of_calls_as_it_knows_them() throws Exception {
        List<String> told = texts(heard(
                bytes(
                        "event: content_block_start\ndata: {'type':'content_block_start','index':0,'content_block':"
                                + "{'type':'tool_use','id':'c3','name':'apply_patch','input':{}}}\n\n"
                                + "event: content_block_delta\ndata: {'type':'content_block_delta','index':0,'delta':"
                                + "{'type':'input_json_delta','partial_json':'{\\'inp'}}\n\n".replace("\\'", "\\\"")
                                + "event: content_block_delta\ndata: {'type':'content_block_delta','index':0,'delta':"
                                + "{'type':'input_json_delta','partial_json':'ut\\':\\'+x\\'}'}}\n\n"
                                        .replace("\\'", "\\\"")
                                + "event: content_block_stop\ndata: {'type':'content_block_stop','index':0}\n\n"
                                + "event: message_delta\ndata: {'type':'message_delta','delta':{'stop_reason':'tool_use'}}\n\n"),
                ANTHROPIC_MESSAGES,
                OPENAI_CHAT,
                CHAT,
                1 << 16));

        assertThat(told)
                .filteredOn(text -> text.contains("tool_calls"))
                .extracting(text ->
                        json(text).at("/choices/0/delta/tool_calls").toString().replace('"', '\''))
                .containsExactly(
                        "[{'index':0,'id':'c3','type':'custom','custom':{'name':'apply_patch','input':''}}]",
                        "[{'index':0,'custom':{'input':'+x'}}]",
                        "");
        JsonNode reply = json("{'content':[{'type':'tool_use','id':'a','name':'apply_patch','input':{'input':'+x'}},"
                + "{'type':'tool_use','id':'b','name':'set','input':{}}],'stop_reason':'tool_use'}");
        assertThat(whole(reply, ANTHROPIC_MESSAGES, OPENAI_CHAT, CHAT).at("/choices/0/message/tool_calls"))
                .isEqualTo(json("[{'id':'a','type':'custom','custom':{'name':'apply_patch','input':'+x'}},"
                        + "{'id':'b','type':'function','function':{'name':'set','arguments':'{}'}}]"));
    }

    @Test
    void a_whole_answer_tells_them_too_whatever_the_model_made_of_the_text() throws Exception {
        JsonNode reply = json(
                "{'content':[{'type':'tool_use','id':'a','name':'apply_patch','input':{'input':'+x'}},"
                        + "{'type':'tool_use','id':'b','name':'apply_patch','input':{'patch':'+y'}}],'stop_reason':'tool_use'}");

        assertThat(whole(reply, ANTHROPIC_MESSAGES, OPENAI_RESPONSES, ASKED).path("output"))
                .extracting(item -> item.path("input").asText())
                .containsExactly("+x", "{\"patch\":\"+y\"}");
    }
}
