package dev.signalbox.guard.memory;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.testkit.ScriptedHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The machine of one schedule, its models, and what its operator wants. */
final class Scenery {

    static final long MEMORY = 64;
    static final long RESERVE = 4;
    static final Target EXCLUSIVE = Target.of("box/architect");

    /** It takes one more for each token that it is asked. */
    static final Target GROWING = Target.of("box/grows");

    /** It takes one more for each token of context beyond the usual. */
    static final Target WIDE = Target.of("box/wide");

    private static final String SWAPPER = "mlx";
    private static final Target CODER = Target.of("box/coder");
    private static final Target REVIEWER = Target.of("box/reviewer");

    private final Random random;
    private final boolean honest;
    private final boolean tells; // the server that keeps one model which that is
    private final List<Target> targets = new ArrayList<>();
    private final ScriptedHost host =
            ScriptedHost.of("desk", MEMORY).server("box").server("other");

    Scenery(Random random, boolean honest) {
        this.random = random;
        this.honest = honest;
        this.tells = !honest || random.nextBoolean();
        add(EXCLUSIVE, 52);
        add(CODER, 19);
        add(REVIEWER, 9);
        add(GROWING, 10);
        add(Target.of("other/chat"), 20);
        add(Target.of("other/big"), 1 + random.nextInt(90));
        add(WIDE, 7);
        if (random.nextInt(4) == 0) {
            host.swapper(SWAPPER);
            add(new Target(SWAPPER, "small"), 8);
            add(new Target(SWAPPER, "large"), 16);
        }
    }

    private void add(Target target, long bytes) {
        targets.add(target);
        host.model(target.toString(), bytes, told(target, bytes));
    }

    private ModelInfo told(Target target, long bytes) {
        ModelInfo model = ModelInfo.named(target.model());
        return switch (target.model()) {
            case "grows" -> model.withMemory(bytes).withTokenMemory(1);
            case "wide" -> model.withMemory(bytes).withTokenMemory(1).withContext(ScriptedHost.USUAL_CONTEXT);
            case "small", "large" -> tells ? model.withMemory(bytes).withLoaded(false) : model.withMemory(bytes);
            default ->
                honest || random.nextBoolean() ? model.withMemory(bytes) : model.withDisk(1 + random.nextInt(60));
        };
    }

    PluginConfig rules(PluginConfig config) {
        PluginConfig rules = config.with(HostOptions.EXCLUSIVE, List.of(EXCLUSIVE));
        rules = random.nextBoolean() ? rules.with(HostOptions.TOGETHER, List.of(List.of(CODER, REVIEWER))) : rules;
        rules = random.nextInt(4) == 0 ? rules.with(HostOptions.PIN, List.of(REVIEWER)) : rules;
        rules = random.nextInt(4) == 0 ? rules.with(HostOptions.PRELOAD, List.of(CODER)) : rules;
        return random.nextBoolean() ? rules.withPresent(HostOptions.IDLE_UNLOAD, Duration.ofSeconds(30)) : rules;
    }

    ScriptedHost host() {
        return host;
    }

    List<Target> targets() {
        return targets;
    }

    /** Any of them. */
    Target target() {
        return targets.get(random.nextInt(targets.size()));
    }

    /** Any server that can crash and be deaf. */
    String server() {
        return random.nextBoolean() ? "box" : "other";
    }

    /** Whether its server keeps one model and loads it when it is asked. */
    static boolean isSwapped(Target target) {
        return target.backend().equals(SWAPPER);
    }
}
