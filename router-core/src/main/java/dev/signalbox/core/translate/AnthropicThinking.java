package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Manner.Effort;
import dev.signalbox.core.translate.Sampling.Knob;
import dev.signalbox.core.translate.Tools.Choice;

/**
 * Says how much is thought, in Anthropic's words, which come with conditions: so many tokens at least, fewer than the
 * answer may have, no tool that has to be called, and in the middle of a tool's round trip the thoughts that went before.
 */
record AnthropicThinking(Chat chat, Manner manner, Losses losses) {

    private static final Dialect OWN = Dialect.ANTHROPIC_MESSAGES;

    /** Says it; whether the model is told to think. */
    boolean write(ObjectNode said, long most, boolean mostSaid) {
        Reasoning reasoning = chat.reasoning();
        if (chat.origin().in(OWN)) {
            verbatim(reasoning, said);
            return false; // the client has seen to the conditions
        }
        reasoning.origin().lose(losses);
        if (!reasoning.wanted().orElse(true)) {
            said.putObject("thinking").put("type", "disabled");
            return false;
        }
        boolean asked = reasoning.wanted().isPresent()
                || !reasoning.effort().isEmpty()
                || reasoning.budget().isPresent();
        return asked
                && (manner.effort() == Effort.LEVEL ? level(reasoning, said) : tokens(reasoning, said, most, mostSaid));
    }

    private void verbatim(Reasoning reasoning, ObjectNode said) {
        if (reasoning.wanted().isPresent()) {
            ObjectNode thinking = said.putObject("thinking").put("type", type(reasoning));
            reasoning.budget().ifPresent(tokens -> thinking.put("budget_tokens", tokens));
            reasoning.origin().rest(OWN, thinking, losses);
        }
        if (!reasoning.effort().isEmpty()) {
            said.withObjectProperty("output_config").put("effort", reasoning.effort());
        }
    }

    private static String type(Reasoning reasoning) {
        if (!reasoning.wanted().orElse(false)) {
            return "disabled";
        }
        return reasoning.budget().isPresent() ? "enabled" : "adaptive";
    }

    private static boolean level(Reasoning reasoning, ObjectNode said) {
        said.putObject("thinking").put("type", "adaptive");
        if (!reasoning.effort().isEmpty()) {
            said.withObjectProperty("output_config").put("effort", Efforts.anthropic(reasoning.effort()));
        }
        return true;
    }

    private boolean tokens(Reasoning reasoning, ObjectNode said, long most, boolean mostSaid) {
        long wanted =
                Math.max(reasoning.budget().orElseGet(() -> manner.budgets().of(reasoning.effort())), Budgets.LEAST);
        long budget = mostSaid ? Math.min(wanted, most - 1) : wanted;
        if (budget < Budgets.LEAST || forced() || midway()) {
            losses.lose("reasoning_effort", "/reasoning_effort");
            return false;
        }
        if (!mostSaid) {
            said.put("max_tokens", most + budget); // thoughts count as part of the answer
        }
        said.putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
        return true;
    }

    private boolean forced() {
        return chat.tools().choice() instanceof Choice.Any || chat.tools().choice() instanceof Choice.One;
    }

    /** Whether tools have answered what the model called last without a thought that can be told again. */
    private boolean midway() {
        boolean answered = false;
        for (Turn turn : chat.turns().reversed()) {
            if (turn.role() == Turn.Role.ASSISTANT) {
                return answered && turn.parts().stream().noneMatch(AnthropicThinking::known);
            }
            answered |= turn.parts().stream().anyMatch(Part.ToolResult.class::isInstance);
        }
        return answered;
    }

    /** Whether it is a thought of the server's own; a message begins with those, wherever they stood. */
    private static boolean known(Part part) {
        return switch (part) {
            case Part.Thinking thinking -> thinking.signature().isBy(OWN);
            case Part.Redacted redacted -> redacted.data().isBy(OWN);
            default -> false;
        };
    }

    /** Whether a number can be set for a model that thinks: it chooses its words itself. */
    static boolean allows(Knob knob) {
        return knob != Knob.TEMPERATURE && knob != Knob.TOP_P && knob != Knob.TOP_K;
    }
}
