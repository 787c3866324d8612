package dev.signalbox.backend.echo;

import static dev.signalbox.api.JsonText.quote;

import java.util.List;

/** What Ollama's own two ways of generating have in common: lines, and figures in the last one. */
abstract class OllamaLines implements Manner {

    /** The member that holds content. */
    abstract String content(String text);

    /** The member that holds a call of a tool. */
    abstract String call(String tool);

    @Override
    public final String whole(Said said) {
        return line(said, member(said), true);
    }

    @Override
    public final List<String> opening(Said said) {
        return List.of();
    }

    @Override
    public final String word(Said said, String piece) {
        return line(said, content(piece), false) + "\n";
    }

    @Override
    public final String call(Said said, String tool) {
        return line(said, call(tool), false) + "\n";
    }

    @Override
    public final List<String> closing(Said said, boolean usage) {
        return List.of(line(said, content(""), true) + "\n");
    }

    @Override
    public final String error(String words) {
        return "{\"error\":" + quote(words) + "}\n";
    }

    private String member(Said said) {
        return said.tool().map(this::call).orElseGet(() -> content(said.text()));
    }

    private static String line(Said said, String member, boolean done) {
        String figures = """
                ,"done_reason":"stop","total_duration":0,"load_duration":0,"prompt_eval_count":%d,\
                "prompt_eval_duration":0,"eval_count":%d,"eval_duration":0""".formatted(said.input(), said.output());
        return "{\"model\":%s,\"created_at\":\"1970-01-01T00:00:00Z\",%s,\"done\":%s%s}"
                .formatted(quote(said.model()), member, done, done ? figures : "");
    }
}
