package dev.signalbox.core.engine;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Machines whose memory several backends share. */
final class Hosts {

    /** Set on the thread that runs a preparation, and only while it does. */
    private static final ThreadLocal<Boolean> PREPARING = ThreadLocal.withInitial(() -> false);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0");

    private Hosts() {}

    /** One name for each machine: all loopback names are one. */
    static String nameOf(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(name) || name.startsWith("127.") ? "localhost" : name;
    }

    /**
     * The machines of these backends.
     *
     * @param waiting how many requests wait that could go to a target
     */
    static List<HostView> of(Collection<Member> members, Traffic traffic, ToIntFunction<Target> waiting) {
        Map<String, List<Member>> byHost = new LinkedHashMap<>();
        for (Member member : members) {
            byHost.computeIfAbsent(member.host(), host -> new ArrayList<>()).add(member);
        }
        List<HostView> views = new ArrayList<>();
        byHost.forEach((host, own) -> views.add(new View(host, own, traffic, waiting)));
        return views;
    }

    /** Runs work that may load and unload models. */
    static void preparing(Work work) throws dev.signalbox.spi.BackendException, InterruptedException {
        PREPARING.set(true);
        try {
            work.run();
        } finally {
            PREPARING.remove();
        }
    }

    /** Work inside a preparation. */
    @FunctionalInterface
    interface Work {
        void run() throws dev.signalbox.spi.BackendException, InterruptedException;
    }

    private record View(String name, List<Member> members, Traffic traffic, ToIntFunction<Target> waitingFor)
            implements HostView {

        @Override
        public List<String> backends() {
            return members.stream().map(Member::name).toList();
        }

        @Override
        public List<Target> residents() {
            return members.stream()
                    .flatMap(member -> loaded(member).map(model -> new Target(member.name(), model.name())))
                    .toList();
        }

        @Override
        public long residentBytes() {
            return members.stream()
                    .flatMap(View::loaded)
                    .mapToLong(model -> model.memoryBytes()
                            .orElseGet(() -> model.diskBytes().orElse(0)))
                    .sum();
        }

        private static Stream<ModelInfo> loaded(Member member) {
            return member.models().values().stream()
                    .filter(model -> model.loaded().orElse(false));
        }

        @Override
        public List<Offer> offers() {
            return members.stream().flatMap(View::offersOf).toList();
        }

        private static Stream<Offer> offersOf(Member member) {
            boolean managed = manages(member);
            boolean swaps =
                    PluginDefect.guarded(typeOf(member), () -> member.backend().keepsOne());
            Map<String, ModelInfo> reported = new HashMap<>();
            member.known().models().orElse(List.of()).forEach(model -> reported.put(model.name(), model));
            return member.models().values().stream()
                    .map(model -> new Offer(
                            new Target(member.name(), model.name()),
                            model,
                            reported.getOrDefault(model.name(), ModelInfo.named(model.name())),
                            managed,
                            swaps));
        }

        private static boolean manages(Member member) {
            return lifecycleOf(member).isPresent();
        }

        private static Optional<ModelLifecycle> lifecycleOf(Member member) {
            return PluginDefect.guarded(typeOf(member), () -> member.backend().ability(ModelLifecycle.class));
        }

        private static String typeOf(Member member) {
            return member.words();
        }

        @Override
        public boolean means(String said) {
            return name.equals(nameOf(said)) || backends().contains(said);
        }

        @Override
        public boolean means(Target said, Target offered) {
            return said.backend().equals(offered.backend())
                    && members.stream()
                            .filter(member -> member.name().equals(said.backend()))
                            .anyMatch(member -> member.means(said.model(), offered.model()));
        }

        @Override
        public Map<Target, Integer> inFlight() {
            return traffic.of(backends());
        }

        @Override
        public Map<Target, Integer> waiting() {
            Map<Target, Integer> waiting = new LinkedHashMap<>();
            for (Member member : members) {
                for (String model : member.models().keySet()) {
                    Target target = new Target(member.name(), model);
                    int count = waitingFor.applyAsInt(target);
                    if (count > 0) {
                        waiting.put(target, count);
                    }
                }
            }
            return waiting;
        }

        @Override
        public Optional<ModelLifecycle> lifecycle(String backend) {
            if (!PREPARING.get()) {
                throw new IllegalStateException("models are loaded and unloaded only inside a preparation");
            }
            return members.stream()
                    .filter(member -> member.name().equals(backend))
                    .findFirst()
                    .flatMap(View::lifecycleOf);
        }
    }
}
