package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether a value says anything, as most client libraries judge it. */
final class Truth {

    private Truth() {}

    /** False for what is missing, null, false, 0 or empty. */
    static boolean of(JsonNode value) {
        if (value.isContainerNode()) {
            return !value.isEmpty();
        }
        if (value.isTextual()) {
            return !value.textValue().isEmpty();
        }
        return value.isNumber() ? value.doubleValue() != 0 : value.booleanValue();
    }
}
