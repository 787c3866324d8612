package dev.signalbox.core.lint;

import dev.signalbox.core.config.Condition;
import dev.signalbox.core.config.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rules that never decide: they hold for nothing, or whatever they hold for was decided before. */
final class IdleRules implements Check {

    @Override
    public void look(Subject subject, Remarks remarks) {
        Meaning meaning = new Meaning();
        List<Known> rules = subject.settings().rules().stream()
                .map(rule -> Known.of(rule, meaning))
                .toList();
        new Look(subject, remarks, meaning, rules).run();
    }

    /**
     * A rule and what is known of it alone.
     *
     * @param when its condition made plain; empty if it goes by a class
     * @param constant whether it holds for every request, or for none; empty where that depends
     */
    private record Known(Rule rule, Optional<Condition> when, Optional<Boolean> constant) {

        static Known of(Rule rule, Meaning meaning) {
            Optional<Condition> when =
                    rule instanceof Rule.If plain ? Optional.of(Meaning.plain(plain.when())) : Optional.empty();
            return new Known(rule, when, when.flatMap(meaning::constant));
        }

        boolean neverHolds() {
            return constant.equals(Optional.of(false));
        }

        boolean alwaysHolds() {
            return constant.equals(Optional.of(true));
        }
    }

    /** One look at all rules. */
    private record Look(Subject subject, Remarks remarks, Meaning meaning, List<Known> rules) {

        void run() {
            for (int i = 0; i < rules.size(); i++) {
                if (rules.get(i).neverHolds()) {
                    remarks.warn(
                            subject.placeOfRule(i),
                            "holds for no request: its parts rule each other out, or ask for what there is not. Mend it,"
                                    + " or take it out");
                } else {
                    whoDecidesBefore(i);
                }
            }
            whoLeavesNothing();
        }

        private void whoDecidesBefore(int index) {
            askedBefore(index)
                    .filter(before -> rules.get(before).alwaysHolds() || decides(rules.get(before), rules.get(index)))
                    .findFirst()
                    .ifPresent(before -> remarks.warn(subject.placeOfRule(index), words(before)));
        }

        private String words(int before) {
            String name = subject.named(before);
            return rules.get(before).alwaysHolds()
                    ? "never asked: %s holds for every request and is asked before. Put that one last".formatted(name)
                    : "never decides: wherever it holds, %s holds too and is asked before. Put the narrower one first"
                            .formatted(name);
        }

        /** In the order of asking: rules with {@code always} first. */
        private Stream<Integer> askedBefore(int index) {
            boolean always = always(index);
            return IntStream.range(0, rules.size())
                    .boxed()
                    .filter(other -> always(other) == always ? other < index : always(other))
                    .sorted(Comparator.comparing(other -> !always(other)));
        }

        private boolean always(int index) {
            return rules.get(index).rule().always();
        }

        private boolean decides(Known before, Known after) {
            if (before.when().isPresent() && after.when().isPresent()) {
                return meaning.implies(after.when().get(), before.when().get());
            }
            return before.rule() instanceof Rule.ByClass first
                    && after.rule() instanceof Rule.ByClass second
                    && first.by().equals(second.by())
                    && first.into().keySet().containsAll(second.into().keySet());
        }

        /** A default after a rule that takes everything. */
        private void whoLeavesNothing() {
            IntStream.range(0, rules.size())
                    .filter(index -> rules.get(index).alwaysHolds())
                    .findFirst()
                    .ifPresent(index -> subject.places()
                            .section("default")
                            .ifPresent(said -> remarks.note(
                                    said.where(),
                                    "never used: %s holds for every request".formatted(subject.named(index)))));
        }
    }
}
