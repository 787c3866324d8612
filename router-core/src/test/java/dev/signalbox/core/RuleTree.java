package dev.signalbox.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A condition over bits of a number, said as simply as it can be said: every part is looked at, whether it matters or
 * not.
 */
sealed interface RuleTree {

    /** How many bits there are. */
    int BITS = 6;

    /** Whether it holds. */
    boolean holds(int bits);

    /** The bits whose matchers are asked if nobody asks more than is needed, in order. */
    List<Integer> asked(int bits);

    /** The condition as a configuration has it. */
    String yaml();

    record Bit(int number) implements RuleTree {
        @Override
        public boolean holds(int bits) {
            return (bits >> number & 1) == 1;
        }

        @Override
        public List<Integer> asked(int bits) {
            return List.of(number);
        }

        @Override
        public String yaml() {
            return "{ bit: %d }".formatted(number);
        }
    }

    record Not(RuleTree part) implements RuleTree {
        @Override
        public boolean holds(int bits) {
            return !part.holds(bits);
        }

        @Override
        public List<Integer> asked(int bits) {
            return part.asked(bits);
        }

        @Override
        public String yaml() {
            return "{ not: %s }".formatted(part.yaml());
        }
    }

    record All(List<RuleTree> parts) implements RuleTree {
        @Override
        public boolean holds(int bits) {
            return parts.stream().filter(part -> part.holds(bits)).count() == parts.size();
        }

        @Override
        public List<Integer> asked(int bits) {
            return upTo(parts, bits, false);
        }

        @Override
        public String yaml() {
            return "{ all: %s }".formatted(list(parts));
        }
    }

    record Any(List<RuleTree> parts) implements RuleTree {
        @Override
        public boolean holds(int bits) {
            return parts.stream().filter(part -> part.holds(bits)).count() > 0;
        }

        @Override
        public List<Integer> asked(int bits) {
            return upTo(parts, bits, true);
        }

        @Override
        public String yaml() {
            return "{ any: %s }".formatted(list(parts));
        }
    }

    /** Several members of one table: all of them have to hold. */
    record Together(int bit, List<RuleTree> any, RuleTree not) implements RuleTree {
        private All meant() {
            return new All(List.of(new Bit(bit), new Any(any), new Not(not)));
        }

        @Override
        public boolean holds(int bits) {
            return meant().holds(bits);
        }

        @Override
        public List<Integer> asked(int bits) {
            return meant().asked(bits);
        }

        @Override
        public String yaml() {
            return "{ bit: %d, any: %s, not: %s }".formatted(bit, list(any), not.yaml());
        }
    }

    /** Any tree. */
    static RuleTree random(Random random, int depth) {
        if (depth == 0) {
            return new Bit(random.nextInt(BITS));
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Bit(random.nextInt(BITS));
            case 1 -> new Not(random(random, depth - 1));
            case 2, 3 -> new All(several(random, depth - 1));
            case 4 -> new Any(several(random, depth - 1));
            default -> new Together(random.nextInt(BITS), several(random, depth - 1), random(random, depth - 1));
        };
    }

    private static List<RuleTree> several(Random random, int depth) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(ignored -> random(random, depth))
                .toList();
    }

    private static List<Integer> upTo(List<RuleTree> parts, int bits, boolean decisive) {
        List<Integer> asked = new ArrayList<>();
        for (RuleTree part : parts) {
            asked.addAll(part.asked(bits));
            if (part.holds(bits) == decisive) {
                break;
            }
        }
        return asked;
    }

    private static String list(List<RuleTree> parts) {
        return parts.stream().map(RuleTree::yaml).collect(Collectors.joining(", ", "[", "]"));
    }
}
