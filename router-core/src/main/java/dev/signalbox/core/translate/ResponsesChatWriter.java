package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.Map;

/** Says chats in {@code openai.responses}, so that the server need not keep anything. */
record ResponsesChatWriter() implements ChatWriter {

    private static final Dialect OWN = Dialect.OPENAI_RESPONSES;

    /** What OpenAI's chats have, too, by its name there. */
    private static final Map<String, String> BOTH_HAVE = Map.of(
            "metadata", "metadata",
            "prompt_cache_key", "prompt_cache_key",
            "prompt_cache_retention", "prompt_cache_retention",
            "service_tier", "service_tier",
            "verbosity", "text.verbosity");

    @Override
    public ObjectNode write(Chat chat, Manner manner, Losses losses) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        sampling(chat.sampling(), said, losses);
        form(chat.form(), said, losses);
        boolean thinks = reasoning(chat.reasoning(), manner.budgets(), said, losses);
        chat.user().write(said);
        if (chat.streamed()) {
            said.put("stream", true);
        }
        if (!chat.origin().in(OWN)) {
            said.put("store", false);
            included(thinks, said);
        }
        rest(chat.origin(), said, losses);
        ResponsesTools.write(chat.tools().offered(OWN), said, losses);
        new ResponsesTurns(said, ResponsesNames.of(chat.tools()), manner, losses).write(chat.turns());
        return said;
    }

    /** Members of members have to have somewhere to go. */
    private static void rest(Origin origin, ObjectNode said, Losses losses) {
        boolean inside = origin.in(OWN)
                ? origin.rest().keySet().stream().anyMatch(member -> member.startsWith("text."))
                : origin.kin(OWN) && origin.rest().containsKey("verbosity");
        if (inside) {
            said.withObjectProperty("text");
        }
        origin.rest(OWN, BOTH_HAVE, said, losses);
    }

    private static void sampling(Sampling sampling, ObjectNode said, Losses losses) {
        sampling.most().ifPresent(most -> said.put("max_output_tokens", most));
        Knobs.write(sampling.knobs(), ResponsesChatReader.KNOBS, said, losses);
        if (!sampling.stops().isEmpty()) {
            losses.lose("stop", "/stop");
        }
        sampling.logprobs().ifPresent(top -> {
            said.put("top_logprobs", top);
            said.putArray("include").add(ResponsesChatReader.LOGPROBS);
        });
    }

    /** A thought comes back in the next request: nobody else keeps it. */
    private static void included(boolean thinks, ObjectNode said) {
        if (thinks) {
            ArrayNode include = said.withArrayProperty("include");
            include.add(ResponsesChatReader.ENCRYPTED);
        }
    }

    private static boolean reasoning(Reasoning reasoning, Budgets budgets, ObjectNode said, Losses losses) {
        String effort = Efforts.said(reasoning, budgets);
        boolean thinks = !effort.equals("none")
                && (!effort.isEmpty() || reasoning.wanted().isPresent());
        if (!effort.isEmpty()) {
            said.withObjectProperty("reasoning").put("effort", effort);
        }
        if (thinks) {
            said.withObjectProperty("reasoning").put("summary", "auto");
        }
        if (reasoning.origin().in(OWN) && !reasoning.origin().rest().isEmpty()) {
            reasoning.origin().rest(OWN, said.withObjectProperty("reasoning"), losses);
        } else {
            reasoning.origin().lose(losses);
        }
        return thinks;
    }

    static void form(Form form, ObjectNode said, Losses losses) {
        if (!(form instanceof Form.Free)) {
            ResponsesChatReader.FORM.write(form, "format", said.withObjectProperty("text"), losses);
        }
    }
}
