package dev.signalbox.backend.echo;

import static dev.signalbox.api.JsonText.quote;

import java.util.ArrayList;
import java.util.List;

/** {@code /v1/completions}; has no tools. */
final class OpenAiCompletions implements Manner {

    @Override
    public String whole(Said said) {
        return "{%s,%s}".formatted(choice(said, said.text(), "\"stop\""), OpenAiChat.usage(said));
    }

    @Override
    public List<String> opening(Said said) {
        return List.of();
    }

    @Override
    public String word(Said said, String piece) {
        return frame(choice(said, piece, "null"));
    }

    @Override
    public String call(Said said, String tool) {
        return word(said, "");
    }

    @Override
    public List<String> closing(Said said, boolean usage) {
        List<String> frames = new ArrayList<>();
        frames.add(frame(choice(said, "", "\"stop\"")));
        if (usage) {
            frames.add(frame(head(said) + ",\"choices\":[]," + OpenAiChat.usage(said)));
        }
        frames.add("data: [DONE]\n\n");
        return frames;
    }

    @Override
    public String error(String words) {
        return OpenAiChat.errorFrame(words);
    }

    private static String frame(String members) {
        return "data: {" + members + "}\n\n";
    }

    private static String choice(Said said, String text, String finish) {
        return head(said)
                + ",\"choices\":[{\"index\":0,\"text\":%s,\"logprobs\":null,\"finish_reason\":%s}]"
                        .formatted(quote(text), finish);
    }

    private static String head(Said said) {
        return "\"id\":\"cmpl-echo\",\"object\":\"text_completion\",\"created\":0,\"model\":" + quote(said.model());
    }
}
