package dev.signalbox.core.engine;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.core.dialect.BadRequest;
import dev.signalbox.core.dialect.RequestReader;
import dev.signalbox.spi.PluginConfig;
import java.io.IOException;
import java.util.List;

/** What guards say about targets while nothing in particular is asked of them: a short chat, in no profile. */
final class Verdicts {

    private final Visit visit;

    Verdicts(Engine engine, Plan plan) {
        RouteRequest nothing = RouteRequest.chat("auto", "Hello");
        TraceLog trace = new TraceLog("", Dialect.OPENAI_CHAT, nothing.caller().name(), engine.time());
        try {
            this.visit = new Visit(
                    new Journey(engine, plan, nothing, RequestReader.read(nothing, engine.readings()), trace, true));
        } catch (BadRequest | IOException never) {
            throw new IllegalStateException("A request of our own can be read.", never);
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody is waited for where nothing is asked.", never);
        }
    }

    /** What stands against a target now, each with who says so; empty if nothing does. */
    List<String> of(Member member, ModelInfo model) {
        try {
            return new Contender(visit.journey(), visit, member, model, PluginConfig.empty()).doubts();
        } catch (PluginDefect bug) {
            return List.of("defective: " + bug.getMessage());
        }
    }
}
