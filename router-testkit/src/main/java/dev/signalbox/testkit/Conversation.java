package dev.signalbox.testkit;

import dev.signalbox.spi.RequestView.Message;
import dev.signalbox.spi.RequestView.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the messages and tool calls of a body, whatever its dialect. */
final class Conversation {

    private Conversation() {}

    static List<Message> messages(Json body) {
        List<Message> messages = new ArrayList<>();
        body.at("/system").ifPresent(system -> messages.add(new Message("system", textOf(system), 0)));
        for (Json message : body.items("/messages")) {
            messages.add(new Message(
                    message.text("/role"),
                    message.at("/content").map(Conversation::textOf).orElse(""),
                    imagesOf(message)));
        }
        for (String member : List.of("/prompt", "/input", "/query")) {
            body.at(member).ifPresent(words -> messages.add(new Message("user", textOf(words), 0)));
        }
        return messages;
    }

    static List<ToolCall> toolCalls(Json body) {
        return body.items("/messages").stream()
                .flatMap(message -> Stream.concat(
                        message.items("/tool_calls").stream().map(Conversation::openAiCall),
                        message.items("/content").stream()
                                .filter(part -> part.text("/type").equals("tool_use"))
                                .map(part -> new ToolCall(part.text("/name"), canonical(part, "/input")))))
                .toList();
    }

    private static ToolCall openAiCall(Json call) {
        String written = call.text("/function/arguments");
        String arguments = written.isEmpty() ? canonical(call, "/function/arguments") : canonical(Json.read(written));
        return new ToolCall(call.text("/function/name"), arguments);
    }

    /** A text, or the texts of a list of texts or of parts that have one. */
    private static String textOf(Json content) {
        return switch (content) {
            case Json.Text text -> text.value();
            case Json.Items items ->
                items.values().stream()
                        .map(part -> part instanceof Json.Text text ? text.value() : part.text("/text"))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n"));
            case Json.Members members -> "";
            case Json.Literal literal -> "";
        };
    }

    private static int imagesOf(Json message) {
        long parts = message.items("/content").stream()
                .map(part -> part.text("/type"))
                .filter(type -> type.equals("image_url") || type.equals("image") || type.equals("input_image"))
                .count();
        return (int) parts + message.items("/images").size();
    }

    private static String canonical(Json json, String pointer) {
        return json.at(pointer).map(Conversation::canonical).orElse("{}");
    }

    /** Members sorted by name, no space. */
    private static String canonical(Json json) {
        return switch (json) {
            case Json.Members members ->
                members.values().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry ->
                                dev.signalbox.api.JsonText.quote(entry.getKey()) + ":" + canonical(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Json.Items items ->
                items.values().stream().map(Conversation::canonical).collect(Collectors.joining(",", "[", "]"));
            case Json.Text text -> dev.signalbox.api.JsonText.quote(text.value());
            case Json.Literal literal -> literal.raw();
        };
    }
}
