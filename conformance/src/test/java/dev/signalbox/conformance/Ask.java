package dev.signalbox.conformance;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One request of a crowd.
 *
 * @param number which one
 * @param kind what is asked, and how
 * @param model the name that is asked for
 * @param abrupt whether a client that leaves resets its connection
 */
record Ask(int number, Kind kind, String model, boolean abrupt) {

    /** What is asked, and how. */
    enum Kind {
        WHOLE,
        STREAM,
        TOOLS,
        TOOLS_STREAM,
        EMBEDDINGS,
        OLLAMA,
        /** More than is kept in memory. */
        LARGE,
        LEAVES_IN_MID_STREAM,
        LEAVES_BEFORE
    }

    private static final int LARGE_EVERY = 100;
    private static final String LONG_TEXT = "all clear ".repeat(120_000);
    private static final String TOOLS = """
            ,"tools":[{"type":"function","function":{"name":"signal","parameters":{"type":"object","properties":{}}}}]\
            """;

    /** So many, mixed as the seed says. */
    static List<Ask> mixed(long seed, int count, List<String> chats) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(number -> any(number, random, chats))
                .toList();
    }

    private static Ask any(int number, Random random, List<String> chats) {
        Kind[] kinds = Kind.values();
        Kind drawn = kinds[random.nextInt(kinds.length)];
        Kind kind = number % LARGE_EVERY == 0 ? Kind.LARGE : drawn == Kind.LARGE ? Kind.STREAM : drawn;
        String chat = chats.get(random.nextInt(chats.size()));
        return of(number, kind, chat, random.nextBoolean());
    }

    private static Ask of(int number, Kind kind, String chat, boolean abrupt) {
        String model = switch (kind) {
            case EMBEDDINGS -> "vectors";
            case OLLAMA -> "only-ollama";
            default -> chat;
        };
        return new Ask(number, kind, model, abrupt);
    }

    /** One that is streamed and stays. */
    static Ask streaming(String model) {
        return new Ask(0, Kind.STREAM, model, false);
    }

    /** One that is streamed, and left when its answer has begun. */
    static Ask leaving(String model, boolean abrupt) {
        return new Ask(0, Kind.LEAVES_IN_MID_STREAM, model, abrupt);
    }

    /** One that is larger than what is kept in memory. */
    static Ask large(String model) {
        return new Ask(0, Kind.LARGE, model, false);
    }

    /** Where it is sent. */
    String path() {
        return switch (kind) {
            case EMBEDDINGS -> "/v1/embeddings";
            case OLLAMA -> "/api/chat";
            default -> "/v1/chat/completions";
        };
    }

    /** Whether its answer comes as a stream of events. */
    boolean streamed() {
        return switch (kind) {
            case STREAM, TOOLS_STREAM, LEAVES_IN_MID_STREAM -> true;
            case WHOLE, TOOLS, EMBEDDINGS, OLLAMA, LARGE, LEAVES_BEFORE -> false;
        };
    }

    /** Whether the client stays for the answer. */
    boolean stays() {
        return kind != Kind.LEAVES_IN_MID_STREAM && kind != Kind.LEAVES_BEFORE;
    }

    /** What is sent. */
    String body() {
        if (kind == Kind.EMBEDDINGS) {
            return "{\"model\":\"%s\",\"input\":\"Signal %d\"}".formatted(model, number);
        }
        String text = kind == Kind.LARGE ? LONG_TEXT : "What does signal %d say?".formatted(number);
        String tools = kind == Kind.TOOLS || kind == Kind.TOOLS_STREAM ? TOOLS : "";
        return "{\"model\":\"%s\",\"stream\":%b%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(model, streamed(), tools, text);
    }
}
