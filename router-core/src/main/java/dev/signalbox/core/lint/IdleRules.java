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
        new Search(subject, remarks, new Meaning(), subject.settings().rules()).run();
    }

    /** One look at all rules. */
    private record Search(Subject subject, Remarks remarks, Meaning meaning, List<Rule> rules) {

        void run() {
            for (int i = 0; i < rules.size(); i++) {
                if (neverHolds(rules.get(i))) {
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

        private boolean neverHolds(Rule rule) {
            return constant(rule).equals(Optional.of(false));
        }

        private Optional<Boolean> constant(Rule rule) {
            return rule instanceof Rule.If when ? meaning.constant(Meaning.plain(when.when())) : Optional.empty();
        }

        private boolean alwaysHolds(Rule rule) {
            return constant(rule).equals(Optional.of(true));
        }

        private void whoDecidesBefore(int index) {
            askedBefore(index)
                    .filter(before -> alwaysHolds(rules.get(before)) || decides(rules.get(before), rules.get(index)))
                    .findFirst()
                    .ifPresent(before -> remarks.warn(subject.placeOfRule(index), words(before)));
        }

        private String words(int before) {
            String name = subject.named(before);
            return alwaysHolds(rules.get(before))
                    ? "never asked: %s holds for every request and is asked before. Put that one last".formatted(name)
                    : "never decides: wherever it holds, %s holds too and is asked before. Put the narrower one first"
                            .formatted(name);
        }

        /** In the order of asking: rules with {@code always} first. */
        private Stream<Integer> askedBefore(int index) {
            boolean always = rules.get(index).always();
            return IntStream.range(0, rules.size())
                    .boxed()
                    .filter(other -> rules.get(other).always() == always
                            ? other < index
                            : rules.get(other).always())
                    .sorted(Comparator.comparing(other -> !rules.get(other).always()));
        }

        private boolean decides(Rule before, Rule rule) {
            if (before instanceof Rule.If wide && rule instanceof Rule.If narrow) {
                return meaning.implies(plain(narrow), plain(wide));
            }
            return before instanceof Rule.ByClass first
                    && rule instanceof Rule.ByClass second
                    && first.by().equals(second.by())
                    && first.into().keySet().containsAll(second.into().keySet());
        }

        private static Condition plain(Rule.If rule) {
            return Meaning.plain(rule.when());
        }

        /** A default after a rule that takes everything. */
        private void whoLeavesNothing() {
            IntStream.range(0, rules.size())
                    .filter(index -> alwaysHolds(rules.get(index)))
                    .findFirst()
                    .ifPresent(index -> subject.places()
                            .section("default")
                            .ifPresent(said -> remarks.note(
                                    said.where(),
                                    "never used: %s holds for every request".formatted(subject.named(index)))));
        }
    }
}
