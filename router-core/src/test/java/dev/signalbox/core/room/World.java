package dev.signalbox.core.room;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Priority;
import dev.signalbox.api.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Gates, hosts with a little memory, and guests that want some of both, all of them random. */
final class World {

    static final List<String> HOSTS = List.of("studio", "laptop");

    final Random random;
    final List<Gate> gates = new ArrayList<>();
    final Map<String, Integer> memory = new HashMap<>();

    World(Random random) {
        this.random = random;
        for (int i = 0; i < 4; i++) {
            gates.add(new Gate("g" + i, 1 + random.nextInt(2), 1 + random.nextInt(4)));
        }
        HOSTS.forEach(host -> memory.put(host, 3));
    }

    /** One way into a target; the guard lets in from a moment on, where there is memory, or refuses for good. */
    final class Way implements Door {
        final String machine = HOSTS.get(random.nextInt(HOSTS.size()));
        final Target target = new Target("b", "m" + random.nextInt(6));
        final List<Gate> needed =
                gates.stream().filter(gate -> random.nextInt(3) == 0).toList();
        final int need = random.nextInt(3);
        final boolean cold = random.nextInt(4) == 0;
        final Instant opens;
        final Scene scene;
        boolean refused;
        boolean refuses = random.nextInt(20) == 0;

        Way(Scene scene) {
            this.scene = scene;
            this.opens = random.nextInt(4) == 0
                    ? scene.instant().plus(Duration.ofSeconds(random.nextInt(20)))
                    : Instant.EPOCH;
        }

        @Override
        public Target target() {
            return target;
        }

        @Override
        public List<Gate> gates() {
            return needed;
        }

        @Override
        public Optional<String> host() {
            return Optional.of(machine);
        }

        @Override
        public Answer ask() {
            if (refuses) {
                refused = true;
                return new Answer.Never();
            }
            if (scene.instant().isBefore(opens)) {
                return new Answer.Later("cooling down", Optional.of(opens));
            }
            if (memory.get(machine) < need) {
                return Guest.later("no memory");
            }
            memory.merge(machine, -need, Integer::sum);
            return new Answer.Open(this::free, cold ? Optional.of(machine) : Optional.empty());
        }

        void free() {
            memory.merge(machine, need, Integer::sum);
        }

        @Override
        public String toString() {
            return target + " past " + needed.stream().map(Gate::name).toList() + " on " + machine + " with " + need;
        }
    }

    /** Somebody who wants in. */
    final class Comer implements Visitor {
        final int name;
        final List<Way> ways = new ArrayList<>();
        final Priority priority = Priority.values()[random.nextInt(3)];
        final Duration patience = Duration.ofSeconds(1 + random.nextInt(15));
        final Cancellation cancellation = Cancellation.create();
        final Deadline until;

        Comer(int name, Scene scene) {
            this.name = name;
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                ways.add(new Way(scene));
            }
            this.until = scene.in(Duration.ofSeconds(random.nextInt(90)));
        }

        @Override
        public Priority priority() {
            return priority;
        }

        @Override
        public Duration maxOvertaken() {
            return patience;
        }

        @Override
        public Deadline until() {
            return until;
        }

        @Override
        public Cancellation cancellation() {
            return cancellation;
        }

        @Override
        public List<Way> doors() {
            return ways.stream().filter(way -> !way.refused).toList();
        }

        @Override
        public void waits(int position, String reason) {}

        @Override
        public String toString() {
            return "#" + name;
        }
    }
}
