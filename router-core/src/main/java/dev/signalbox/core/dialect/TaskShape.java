package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import dev.signalbox.core.json.JsonIndex;
import dev.signalbox.core.json.JsonIndex.Kind;
import dev.signalbox.core.json.JsonIndex.Member;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** {@code task}: a prompt, perhaps with a context, and what kind of task it is. */
record TaskShape() implements RequestShape {

    private static final List<String> TEXTS =
            List.of("context", "system", "instruction", "task_type", "urgency", "role", "agent");

    @Override
    public long most() {
        return 8L << 20; // more words than any model reads
    }

    @Override
    public Set<String> spoken() {
        return Set.of("instruction", "system", "context", "prompt");
    }

    @Override
    public void read(ObjectNode members, Transcript transcript) {
        transcript.text(members.path("instruction").asText(""));
        if (members.path("system").isTextual()) {
            transcript.text(members.path("system").textValue());
            transcript.systemAt("/system", false);
        }
        transcript.saidIfAnything("system");
        transcript.text(members.path("context").asText(""));
        transcript.text(members.path("prompt").asText(""));
        transcript.said("user");
    }

    @Override
    public List<String> tools(Facts facts) {
        return RequestShape.each(facts.tree("tools"), "function", "name");
    }

    @Override
    public Set<Capability> needs(Facts facts) {
        Set<Capability> needs = EnumSet.of(Capability.CHAT);
        OpenAiNeeds.tools(facts, needs);
        OpenAiNeeds.toolChoice(facts, needs);
        return needs;
    }

    @Override
    public OptionalLong maxTokens(Facts facts) {
        return RequestShape.count(facts.index(), "max_tokens");
    }

    @Override
    public List<Edit> beginInstruction(Facts facts, String text) {
        return Instruction.member(facts, "system", text);
    }

    @Override
    public List<Edit> drop(Facts facts, Capability capability) {
        return switch (capability) {
            case TOOLS -> Drops.members(facts.index(), capability, "tools", "tool_choice");
            case TOOL_CHOICE -> Drops.members(facts.index(), capability, "tool_choice");
            default -> List.of();
        };
    }

    @Override
    public void check(Facts facts) throws BadRequest {
        JsonIndex index = facts.index();
        require(index, "prompt", Kind.STRING, "a string");
        JsonNode prompt = facts.tree("prompt");
        if (prompt.asText("").isBlank()) {
            throw BadRequest.member("prompt", "it is missing or empty; the task in words is expected");
        }
        for (String name : TEXTS) {
            require(index, name, Kind.STRING, "a string");
            requireShort(index, name);
        }
        require(index, "tools", Kind.ARRAY, "an array");
        require(index, "max_tokens", Kind.NUMBER, "a number");
        require(index, "temperature", Kind.NUMBER, "a number");
        checkNumbers(index);
    }

    private static void require(JsonIndex index, String name, Kind kind, String expected) throws BadRequest {
        Optional<Member> member = index.present(name);
        if (member.isPresent() && member.get().kind() != kind) {
            throw BadRequest.member(
                    name,
                    "it is %s; %s is expected".formatted(member.get().kind().inWords(), expected));
        }
    }

    private static void requireShort(JsonIndex index, String name) throws BadRequest {
        int length = index.text(name).length();
        if (length > RequestReader.LONGEST_NAME) {
            throw BadRequest.member(
                    name, "it has %,d characters; at most %d are taken".formatted(length, RequestReader.LONGEST_NAME));
        }
    }

    private static void checkNumbers(JsonIndex index) throws BadRequest {
        Optional<Member> most = index.present("max_tokens");
        if (most.isPresent() && RequestShape.count(most.get().text()).orElse(0) < 1) {
            throw BadRequest.member(
                    "max_tokens",
                    "it is %s; a whole number from 1 on is expected"
                            .formatted(most.get().text()));
        }
        Optional<Member> temperature = index.present("temperature");
        if (temperature.isPresent() && !isTemperature(temperature.get().text())) {
            throw BadRequest.member(
                    "temperature",
                    "it is %s; a number from 0 to 2 is expected"
                            .formatted(temperature.get().text()));
        }
    }

    private static boolean isTemperature(String number) {
        double value = Double.parseDouble(number);
        return value >= 0 && value <= 2;
    }
}
