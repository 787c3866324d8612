package dev.signalbox.core.engine;

/** The frames of an answer in the dialect {@code openai.chat}. */
final class Chat {

    static final String DONE = "data: [DONE]\n\n";
    static final String PING = ": ping\n\n";
    static final String ROLE = delta("{\"role\":\"assistant\",\"content\":\"\"}");
    static final String FINISH = frame("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    static final String USAGE =
            frame("{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":5,\"total_tokens\":8}}");
    static final String ERROR =
            frame("{\"error\":{\"message\":\"engine died\",\"type\":\"server_error\",\"code\":500}}");

    private Chat() {}

    static String text(String words) {
        return delta("{\"content\":\"%s\"}".formatted(words));
    }

    static String delta(String json) {
        return frame("{\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":null}]}".formatted(json));
    }

    static String frame(String json) {
        return "data: " + json + "\n\n";
    }

    /** A whole stream that says these words, one a frame. */
    static String stream(String... words) {
        StringBuilder stream = new StringBuilder(ROLE);
        for (String word : words) {
            stream.append(text(word));
        }
        return stream.append(FINISH).append(DONE).toString();
    }

    /** An answer that is not streamed. */
    static String whole(String words) {
        return "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},"
                        .formatted(words)
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":5}}";
    }

    /** What a request asks for: a stream or a document that says these words. */
    static FakeBackends.Script says(String words) {
        return call -> call.streamed() ? Tape.sse(stream(words)) : Tape.json(whole(words));
    }
}
