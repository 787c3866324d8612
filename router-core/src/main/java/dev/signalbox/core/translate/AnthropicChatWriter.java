package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Sampling.Knob;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says chats in {@code anthropic.messages}. */
record AnthropicChatWriter() implements ChatWriter {

    private static final Dialect OWN = Dialect.ANTHROPIC_MESSAGES;

    @Override
    public ObjectNode write(Chat asked, Manner manner, Losses losses) {
        Chat chat = asked.offeredIn(OWN);
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        long most = chat.sampling().most().orElse(manner.most());
        said.put("max_tokens", most);
        boolean thinks = new AnthropicThinking(chat, manner, losses)
                .write(said, most, chat.sampling().most().isPresent());
        sampling(chat, thinks, said, losses);
        AnthropicForm.write(chat.form(), said, losses);
        chat.user().one(losses).ifPresent(user -> said.putObject("metadata").put("user_id", user));
        if (chat.streamed()) {
            said.put("stream", true);
        }
        rest(chat.origin(), said, losses);
        AnthropicTools.write(chat.tools(), said, losses);
        new AnthropicMessages(manner, losses).write(chat.turns(), said);
        return said;
    }

    /** Members of members have to have somewhere to go. */
    private static void rest(Origin origin, ObjectNode said, Losses losses) {
        if (origin.in(OWN)) {
            for (String member : List.of("metadata", "output_config")) {
                if (origin.rest().keySet().stream().anyMatch(each -> each.startsWith(member + "."))) {
                    said.withObjectProperty(member);
                }
            }
        }
        origin.rest(OWN, said, losses);
    }

    private static void sampling(Chat chat, boolean thinks, ObjectNode said, Losses losses) {
        Map<Knob, JsonNode> knobs = new EnumMap<>(Knob.class);
        chat.sampling().knobs().forEach((knob, value) -> {
            if (thinks && !AnthropicThinking.allows(knob)) {
                losses.lose(Knobs.word(knob), "/" + Knobs.word(knob));
            } else {
                knobs.put(knob, value);
            }
        });
        JsonNode warmth = knobs.getOrDefault(Knob.TEMPERATURE, DecimalNode.ZERO);
        if (warmth.decimalValue().compareTo(BigDecimal.ONE) > 0
                && !chat.origin().in(OWN)) {
            losses.lose("temperature", "/temperature"); // it goes up to 1 here
            knobs.put(Knob.TEMPERATURE, JsonNodeFactory.instance.numberNode(1));
        }
        Knobs.write(knobs, AnthropicChatReader.KNOBS, said, losses);
        stops(chat.sampling().stops(), chat.origin().in(OWN), said, losses);
        if (chat.sampling().logprobs().isPresent()) {
            losses.lose("logprobs", "/logprobs");
        }
    }

    /** A text in which there is nothing but space is refused. */
    private static void stops(List<String> stops, boolean own, ObjectNode said, Losses losses) {
        List<String> sayable =
                stops.stream().filter(stop -> own || !stop.isBlank()).toList();
        if (sayable.size() < stops.size()) {
            losses.lose("stop", "/stop");
        }
        if (!sayable.isEmpty()) {
            sayable.forEach(said.putArray("stop_sequences")::add);
        }
    }
}
