package dev.signalbox.conformance;

import dev.signalbox.testkit.Reply;

/** Streams that a test cuts to its measure, where the doubles' own would go on to their end. */
final class Chunks {

    /** The usual first one: nothing is said yet. */
    static final String ROLE = of("{\"role\":\"assistant\",\"content\":\"\"}");

    /** The first word. */
    static final String WORD = of("{\"content\":\"All\"}");

    private Chunks() {}

    /** The head and nothing more than the first word. */
    static Reply begun() {
        return Reply.events(ROLE, WORD);
    }

    private static String of(String delta) {
        return """
                {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1754000000,"model":"test-model",\
                "choices":[{"index":0,"delta":%s,"finish_reason":null}]}""".formatted(delta);
    }
}
