package dev.signalbox.backend.http;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.api.JsonText;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RequestView.Message;
import dev.signalbox.spi.TokenCounter;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Has a server count the tokens of a request with Anthropic's {@code /v1/messages/count_tokens}. A request of that API is
 * shown to it as it is, with tools, images and thinking; one of another as far as it is nothing but talk. Any thread may
 * use it.
 *
 * @param upstream the server
 * @param address where it counts, unless configuration says otherwise
 * @param headers the headers that the backend adds to those of a client
 */
public record MessagesCounter(Upstream upstream, URI address, UnaryOperator<Headers> headers) implements TokenCounter {

    /** A larger one is not worth writing out again: an estimate will do. */
    private static final long LARGEST = 8 << 20;

    /** What of a request for an answer is part of a request to count, which takes nothing else. */
    private static final Set<String> COUNTED = Set.of(
            "messages",
            "system",
            "tools",
            "tool_choice",
            "thinking",
            "cache_control",
            "output_config",
            "output_format",
            "context_management",
            "mcp_servers");

    private static final String PATH = "/messages/count_tokens";
    private static final Set<String> OURS = Set.of("model", "profile");
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");

    /** The server is well, it just cannot say. */
    private static final Set<FailureKind> UNTOLD = EnumSet.of(
            FailureKind.REJECTED,
            FailureKind.UNSUPPORTED,
            FailureKind.MODEL_UNAVAILABLE,
            FailureKind.CONTEXT_OVERFLOW,
            FailureKind.BROKEN_REPLY);

    /** One for a server that counts at the usual place and needs no header but those of clients. */
    public static MessagesCounter of(Upstream upstream) {
        return of(upstream, client -> Headers.none());
    }

    /** One for a server that counts at the usual place. */
    public static MessagesCounter of(Upstream upstream, UnaryOperator<Headers> headers) {
        return new MessagesCounter(upstream, upstream.baseUrl().api(PATH), headers);
    }

    /** One for a server that is to be told there that it may not load what is not in memory. */
    public static MessagesCounter of(Upstream upstream, String query) {
        return new MessagesCounter(upstream, upstream.baseUrl().api(PATH + query), client -> Headers.none());
    }

    @Override
    public OptionalLong count(RequestView request, String model, Deadline deadline)
            throws BackendException, InterruptedException {
        Optional<List<String>> members = request.size() > LARGEST ? Optional.empty() : members(request);
        if (members.isEmpty() || members.get().isEmpty()) {
            return OptionalLong.empty();
        }
        String named = "{\"model\":%s,%s}".formatted(JsonText.quote(model), String.join(",", members.get()));
        Headers client = request.headers();
        try {
            return ModelLists.tokens(upstream.ask(
                            Dialect.ANTHROPIC_COUNT_TOKENS, address, named, client, headers.apply(client), deadline)
                    .path("input_tokens"));
        } catch (BackendException failed) {
            if (UNTOLD.contains(failed.kind())) {
                return OptionalLong.empty();
            }
            throw failed;
        }
    }

    /** What is to be counted; empty if it cannot be said in that API without being read closely. */
    private static Optional<List<String>> members(RequestView request) {
        return switch (request.dialect().id()) {
            case "anthropic.count-tokens" -> Optional.of(asTheyAre(request, name -> !OURS.contains(name)));
            case "anthropic.messages" -> Optional.of(asTheyAre(request, COUNTED::contains));
            default -> talk(request);
        };
    }

    private static List<String> asTheyAre(RequestView request, Predicate<String> wanted) {
        List<String> members = new ArrayList<>();
        for (String name : request.members()) {
            if (wanted.test(name)) {
                request.raw(Edits.pointer(name)).ifPresent(json -> members.add(JsonText.quote(name) + ":" + json));
            }
        }
        return members;
    }

    private static Optional<List<String>> talk(RequestView request) {
        List<Message> messages = request.messages();
        boolean more = request.images() > 0
                || !request.tools().isEmpty()
                || !request.toolCalls().isEmpty()
                || messages.stream().anyMatch(message -> !ROLES.contains(message.role()));
        List<Message> said =
                messages.stream().filter(message -> !isSystem(message)).toList();
        if (more || said.isEmpty()) {
            return Optional.empty();
        }
        List<String> members = new ArrayList<>();
        members.add(
                "\"messages\":" + said.stream().map(MessagesCounter::json).collect(Collectors.joining(",", "[", "]")));
        String system = messages.stream()
                .filter(MessagesCounter::isSystem)
                .map(Message::text)
                .collect(Collectors.joining("\n"));
        if (!system.isEmpty()) {
            members.add("\"system\":" + JsonText.quote(system));
        }
        return Optional.of(members);
    }

    private static boolean isSystem(Message message) {
        return message.role().equals("system");
    }

    private static String json(Message message) {
        return "{\"role\":%s,\"content\":%s}".formatted(JsonText.quote(message.role()), JsonText.quote(message.text()));
    }
}
