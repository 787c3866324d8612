package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One tool call, put together from its pieces: the first has its name, each brings some of its arguments. For one thread. */
final class JoinedCall {

    private String id = "";
    private String type = "function";
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();

    void add(JsonNode piece) {
        id = piece.path("id").asText(id);
        type = piece.path("type").asText(type);
        JsonNode function = piece.path("function");
        name.append(function.path("name").asText(""));
        arguments.append(function.path("arguments").asText(""));
    }

    void write(ObjectNode call) {
        call.put("type", type);
        call.putObject("function").put("name", name.toString()).put("arguments", arguments.toString());
        call.put("id", id);
    }
}
