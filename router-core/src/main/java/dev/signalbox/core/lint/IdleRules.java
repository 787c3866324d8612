package dev.signalbox.core.lint;

import static java.util.stream.Collectors.joining;

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
            Optional<Integer> before = askedBefore(index)
                    .filter(other -> rules.get(other).alwaysHolds() || decides(rules.get(other), rules.get(index)))
                    .findFirst();
            before.ifPresentOrElse(
                    other -> remarks.warn(subject.placeOfRule(index), words(other)), () -> whoDecideTogether(index));
        }

        private String words(int before) {
            String name = subject.named(before);
            return rules.get(before).alwaysHolds()
                    ? "never asked: %s holds for every request and is asked before. Put that one last".formatted(name)
                    : "never decides: wherever it holds, %s holds too and is asked before. Put the narrower one first"
                            .formatted(name);
        }

        /** Several that leave nothing between them. */
        private void whoDecideTogether(int index) {
            List<Integer> before = askedBefore(index)
                    .filter(other -> rules.get(other).when().isPresent())
                    .toList();
            Condition when = rules.get(index).when().orElse(Meaning.ALWAYS);
            if (meaning.implies(when, conditions(before))) {
                remarks.warn(subject.placeOfRule(index), together(needed(before, when)));
            }
        }

        private List<Condition> conditions(List<Integer> some) {
            return some.stream()
                    .flatMap(each -> rules.get(each).when().stream())
                    .toList();
        }

        /** Without those that add nothing. */
        private List<Integer> needed(List<Integer> before, Condition when) {
            List<Integer> needed = before;
            for (Integer each : before) {
                List<Integer> without =
                        needed.stream().filter(other -> !other.equals(each)).toList();
                needed = meaning.implies(when, conditions(without)) ? without : needed;
            }
            return needed;
        }

        private String together(List<Integer> before) {
            List<Integer> inOrder = before.stream().sorted().toList();
            String names = inOrder.subList(0, inOrder.size() - 1).stream()
                    .map(subject::named)
                    .collect(joining(", "));
            return "never decides: wherever it holds, %s or %s holds too, and they are asked before. Put it before them"
                    .formatted(names, subject.named(inOrder.getLast()));
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

        /** A default after rules that take everything. */
        private void whoLeavesNothing() {
            IntStream.range(0, rules.size())
                    .filter(index -> rules.get(index).alwaysHolds())
                    .mapToObj(index -> subject.named(index) + " holds for every request")
                    .findFirst()
                    .or(this::allTogether)
                    .ifPresent(why -> subject.places()
                            .section("default")
                            .ifPresent(said -> remarks.note(said.where(), "never used: " + why)));
        }

        private Optional<String> allTogether() {
            List<Integer> all = IntStream.range(0, rules.size())
                    .filter(index -> rules.get(index).when().isPresent())
                    .boxed()
                    .toList();
            return meaning.implies(Meaning.ALWAYS, conditions(all))
                    ? Optional.of("for every request there is a rule that holds")
                    : Optional.empty();
        }
    }
}
