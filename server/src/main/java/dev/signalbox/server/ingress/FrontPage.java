package dev.signalbox.server.ingress;

import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;

/** What stands at the root: a page for people, and for everybody else what Ollama's clients look for. */
final class FrontPage {

    private static final byte[] PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Signalbox</title>
            <style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
            code, pre { font: 14px/1.5 ui-monospace, monospace }</style>
            <h1>Signalbox</h1>
            <p>This is a router for language models. Give its address to a tool that speaks the API of OpenAI
            (with <code>/v1</code> behind it), of Anthropic or of Ollama (as it is).</p>
            <ul>
            <li><a href="v1/models">v1/models</a>: what a request may name in <code>model</code></li>
            <li><a href="health">health</a>: whether anybody can answer</li>
            <li><a href="signalbox/targets">signalbox/targets</a>: every target with its state, for operators</li>
            </ul>
            </html>
            """.getBytes(StandardCharsets.UTF_8);

    private static final byte[] WORD = "Ollama is running".getBytes(StandardCharsets.UTF_8);

    private FrontPage() {}

    static void show(Exchange exchange) {
        boolean person = exchange.header(HeaderNames.ACCEPT)
                .filter(accept -> accept.contains("text/html"))
                .isPresent();
        exchange.say("Vary", "Accept");
        exchange.send(200, person ? "text/html; charset=utf-8" : "text/plain; charset=utf-8", person ? PAGE : WORD);
    }
}
