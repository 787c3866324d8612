package dev.signalbox.core.translate;

import java.util.List;

/**
 * One message.
 *
 * @param role who speaks
 * @param parts what is said; a tool's results stand in turns of {@code TOOL} or, among other parts, of {@code USER}
 * @param plain whether it was one string rather than a list of parts
 * @param origin the message
 */
public record Turn(Role role, List<Part> parts, boolean plain, Origin origin) {

    /** Who speaks. */
    public enum Role {
        SYSTEM,
        /** Who instructs the model in OpenAI's newer words; anywhere else the same as {@code SYSTEM}. */
        DEVELOPER,
        USER,
        ASSISTANT,
        TOOL;

        /** Whether it instructs rather than talks. */
        public boolean instructs() {
            return this == SYSTEM || this == DEVELOPER;
        }
    }

    public Turn {
        parts = List.copyOf(parts);
    }

    /** Whether it is nothing but results of tools, be they of a kind that only their own dialect knows. */
    public boolean onlyResults() {
        return !parts.isEmpty() && parts.stream().allMatch(this::isResult);
    }

    private boolean isResult(Part part) {
        return part instanceof Part.ToolResult || (role == Role.TOOL && part instanceof Part.Foreign);
    }
}
