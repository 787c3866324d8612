package dev.signalbox.conformance;

import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What befalls a fleet, one thing after the other, in an order that the seed decides. For one thread. */
final class Mishaps {

    /** How something begins, and how it is over. */
    private record Mishap(Runnable begin, Runnable end) {}

    /** Long enough that a client can leave in the middle of a stream. */
    private static final Duration PACE = Duration.ofMillis(2);

    private static final String NO_MEMORY = "CUDA out of memory. Tried to allocate 2.00 GiB.";

    private final Random random;
    private final Map<String, List<Mishap>> possible = new TreeMap<>();
    private final Map<String, Mishap> lasting = new TreeMap<>();

    Mishaps(Fleet fleet, long seed) {
        random = new Random(seed);
        for (Fleet.Ship ship : fleet.ships()) {
            usual(ship.runtime());
            possible.put(ship.name(), anywhere(ship.runtime()));
        }
        add("ollama", gate -> {
            Fleet.empty(fleet.ollama);
            fleet.ollama.loadingFor(gate);
        });
        add("mlx", fleet.mlx::generatingFor);
        add("shelf", gate -> reload(fleet.shelf, gate));
        add("llama", gate -> fleet.llama.prefillingFor(gate));
        possible.get("llama").add(new Mishap(() -> fleet.llama.loading(true), () -> fleet.llama.loading(false)));
    }

    /** Something befalls one that was well, or one that was not is well again. */
    void next() {
        List<String> names = List.copyOf(possible.keySet());
        String name = names.get(random.nextInt(names.size()));
        List<Mishap> choice = possible.get(name);
        if (lasting.containsKey(name)) {
            lasting.remove(name).end().run();
        } else {
            Mishap mishap = choice.get(random.nextInt(choice.size()));
            lasting.put(name, mishap);
            mishap.begin().run();
        }
    }

    /** All are well again. */
    void end() {
        lasting.values().forEach(mishap -> mishap.end().run());
        lasting.clear();
    }

    private static List<Mishap> anywhere(ScriptedRuntime runtime) {
        return new ArrayList<>(List.of(
                new Mishap(() -> crash(runtime), () -> runtime.server().listenAgain()),
                spoiling(runtime, () -> runtime.server().closeConnections()),
                spoiling(runtime, () -> runtime.refuses(503, "server busy, please try again")),
                spoiling(runtime, () -> runtime.refuses(500, NO_MEMORY)),
                spoiling(runtime, () -> runtime.breaksAfter(3, NO_MEMORY)),
                sending(runtime, Reply::thenTruncates),
                sending(runtime, Reply::thenStalls),
                sending(runtime, Reply::thenResets),
                sending(runtime, good -> Reply.hangUp())));
    }

    private static Mishap sending(ScriptedRuntime runtime, UnaryOperator<Reply> change) {
        return spoiling(runtime, () -> runtime.sends(good -> change.apply(good.paced(PACE))));
    }

    /** Over when the server is started anew, which ends what still hangs. */
    private static Mishap spoiling(ScriptedRuntime runtime, Runnable begin) {
        return new Mishap(begin, () -> {
            usual(runtime);
            runtime.server().closeConnections();
        });
    }

    private static void usual(ScriptedRuntime runtime) {
        runtime.recovers();
        runtime.sends(good -> good.paced(PACE));
    }

    private static void crash(ScriptedRuntime runtime) {
        runtime.server().stopListening();
        runtime.server().closeConnections();
    }

    private static void reload(ScriptedLlamaServer shelf, Gate gate) {
        shelf.loadingFor(gate);
        if (!gate.isOpen()) {
            shelf.crashes("small").crashes("large");
        }
    }

    /** Something that takes until it is over. */
    private void add(String name, Consumer<Gate> begin) {
        Gate[] closed = {Gate.opened()};
        possible.get(name)
                .add(new Mishap(
                        () -> {
                            closed[0] = Gate.closed();
                            begin.accept(closed[0]);
                        },
                        () -> {
                            closed[0].open();
                            begin.accept(Gate.opened());
                        }));
    }
}
