package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;

/** Says chats in {@code ollama.chat}. */
record OllamaChatWriter() implements ChatWriter {

    private static final Dialect OWN = Dialect.OLLAMA_CHAT;

    @Override
    public ObjectNode write(Chat chat, Manner manner, Losses losses) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.put("stream", chat.streamed()); // what is not said is streamed
        sampling(chat.sampling(), said, losses);
        form(chat.form(), said, losses);
        reasoning(chat.reasoning(), said, losses);
        chat.user().lose(losses);
        boolean options = chat.origin().in(OWN)
                && chat.origin().rest().keySet().stream().anyMatch(member -> member.startsWith("options."));
        if (options) {
            said.withObjectProperty("options"); // members of it have to have somewhere to go
        }
        chat.origin().rest(OWN, said, losses);
        OllamaTools.write(chat.tools().offered(OWN), said, losses);
        new OllamaMessages(said.putArray("messages"), manner, losses).write(chat.turns());
        return said;
    }

    private static void sampling(Sampling sampling, ObjectNode said, Losses losses) {
        ObjectNode options = said.objectNode();
        sampling.most().ifPresent(most -> options.put("num_predict", most));
        Knobs.write(sampling.knobs(), OllamaRequest.KNOBS, options, losses);
        if (!sampling.stops().isEmpty()) {
            sampling.stops().forEach(options.putArray("stop")::add);
        }
        if (!options.isEmpty()) {
            said.set("options", options);
        }
        sampling.logprobs().ifPresent(top -> {
            said.put("logprobs", true);
            if (top > 0) {
                said.put("top_logprobs", top);
            }
        });
    }

    private static void form(Form form, ObjectNode said, Losses losses) {
        switch (form) {
            case Form.Free ignored -> {}
            case Form.Text ignored -> {} // is what it is anyway
            case Form.Json ignored -> said.put("format", "json");
            case Form.Schema schema -> {
                said.set("format", schema.schema());
                schema.origin().lose(losses);
            }
        }
    }

    private static void reasoning(Reasoning reasoning, ObjectNode said, Losses losses) {
        reasoning.origin().lose(losses);
        if (!reasoning.wanted().orElse(true)) {
            said.put("think", false);
        } else if (!reasoning.effort().isEmpty()) {
            said.put("think", reasoning.origin().in(OWN) ? reasoning.effort() : Efforts.ollama(reasoning.effort()));
        } else if (reasoning.wanted().isPresent() || reasoning.budget().isPresent()) {
            said.put("think", true); // it cannot be said how much
        }
    }
}
