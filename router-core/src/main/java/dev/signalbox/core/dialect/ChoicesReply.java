package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** {@code openai.chat} and {@code openai.completions}: an array of choices, in deltas or whole. */
record ChoicesReply() implements ReplyShape {

    private static final Watch WATCH = Watch.of("finish_reason", "usage", "error", "timings");

    @Override
    public String text(JsonNode frame) {
        JsonNode choice = first(frame);
        String text = plain(said(choice).path("content"));
        return text.isEmpty() ? choice.path("text").asText("") : text;
    }

    /** The two names mean the same; whoever sends both sends the same text twice. */
    @Override
    public String reasoning(JsonNode frame) {
        JsonNode said = said(first(frame));
        for (String name : new String[] {"reasoning_content", "reasoning", "thinking"}) {
            if (said.path(name).isTextual() && !said.path(name).textValue().isEmpty()) {
                return said.path(name).textValue();
            }
        }
        return "";
    }

    @Override
    public boolean produces(JsonNode frame) {
        for (JsonNode choice : frame.path("choices")) {
            JsonNode said = said(choice);
            boolean words = Truth.of(said.path("refusal"))
                    || Truth.of(said.path("content"))
                    || Truth.of(said.path("reasoning_content"))
                    || Truth.of(said.path("reasoning"))
                    || Truth.of(choice.path("text"));
            boolean others = Truth.of(said.path("tool_calls"))
                    || Truth.of(said.path("function_call"))
                    || Truth.of(said.path("audio"))
                    || Truth.of(said.path("images"));
            if (words || others) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String finish(JsonNode frame) {
        for (JsonNode choice : frame.path("choices")) {
            String reason = choice.path("finish_reason").asText("");
            if (choice.path("finish_reason").isTextual() && !reason.isEmpty()) {
                return reason;
            }
        }
        return "";
    }

    @Override
    public boolean usageOnly(JsonNode frame) {
        return frame.path("choices").isEmpty() && frame.path("usage").isObject();
    }

    @Override
    public void count(JsonNode frame, Tally tally) {
        JsonNode usage = frame.path("usage");
        if (usage.isObject()) {
            tally.input(usage.path("prompt_tokens"));
            tally.output(usage.path("completion_tokens"));
            tally.cacheRead(usage.path("prompt_tokens_details").path("cached_tokens"));
        } else if (frame.path("timings").isObject()) {
            Timings.count(frame.path("timings"), tally);
        }
    }

    @Override
    public Optional<String> wrongShape(JsonNode whole) {
        JsonNode choices = whole.path("choices");
        if (!choices.isArray() || choices.isEmpty()) {
            return Optional.of("the reply has no choices");
        }
        boolean says = produces(whole) || !finish(whole).isEmpty();
        return says ? Optional.empty() : Optional.of("the reply has neither content nor a finish reason");
    }

    @Override
    public Watch watch() {
        return WATCH;
    }

    private static JsonNode first(JsonNode frame) {
        JsonNode choices = frame.path("choices");
        for (JsonNode choice : choices) {
            if (choice.path("index").asInt(0) == 0) {
                return choice;
            }
        }
        return choices.path(0);
    }

    private static JsonNode said(JsonNode choice) {
        return choice.has("delta") ? choice.path("delta") : choice.path("message");
    }

    /** A text, or the texts of an array of parts. */
    private static String plain(JsonNode content) {
        if (!content.isArray()) {
            return content.isTextual() ? content.textValue() : "";
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }
}
