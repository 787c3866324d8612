package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.Map;

/** Says chats in {@code openai.chat}. */
record OpenAiChatWriter() implements ChatWriter {

    private static final Dialect OWN = Dialect.OPENAI_CHAT;

    /** What OpenAI's responses have, too, by its name there. */
    private static final Map<String, String> BOTH_HAVE = Map.of(
            "metadata", "metadata",
            "prompt_cache_key", "prompt_cache_key",
            "prompt_cache_retention", "prompt_cache_retention",
            "service_tier", "service_tier",
            "text.verbosity", "verbosity");

    @Override
    public ObjectNode write(Chat chat, Manner manner, Losses losses) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        boolean own = chat.origin().in(OWN);
        sampling(chat.sampling(), own, said, losses);
        OpenAiChatReader.FORM.write(chat.form(), "response_format", said, losses);
        reasoning(chat.reasoning(), manner.budgets(), said, losses);
        chat.user().write(said);
        if (chat.streamed()) {
            said.put("stream", true);
            if (chat.usageWanted()) {
                said.putObject("stream_options").put("include_usage", true);
            }
        }
        chat.origin().rest(OWN, BOTH_HAVE, said, losses);
        OpenAiTools.write(chat.tools().offered(OWN), said, losses);
        new OpenAiMessages(said.putArray("messages"), TextTools.named(chat.tools(), OWN), manner, losses)
                .write(chat.turns());
        return said;
    }

    private static void sampling(Sampling sampling, boolean own, ObjectNode said, Losses losses) {
        sampling.most().ifPresent(most -> said.put("max_tokens", most)); // older servers know no other word for it
        Knobs.write(sampling.knobs(), own ? OpenAiChatReader.ALL_KNOBS : OpenAiChatReader.KNOBS, said, losses);
        if (!sampling.stops().isEmpty()) {
            sampling.stops().forEach(said.putArray("stop")::add);
        }
        sampling.logprobs().ifPresent(top -> {
            said.put("logprobs", true);
            if (top > 0) {
                said.put("top_logprobs", top);
            }
        });
    }

    private static void reasoning(Reasoning reasoning, Budgets budgets, ObjectNode said, Losses losses) {
        String effort = Efforts.said(reasoning, budgets);
        if (!effort.isEmpty()) {
            said.put("reasoning_effort", effort);
        }
        if (reasoning.origin().in(OWN) && !reasoning.origin().rest().isEmpty()) {
            reasoning.origin().rest(OWN, said.putObject("reasoning"), losses);
        } else {
            reasoning.origin().lose(losses);
        }
    }
}
