package dev.signalbox.core.engine;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.api.TargetReport;
import dev.signalbox.core.room.WaitingRoom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How targets are, for whoever operates the router. */
final class TargetReports {

    private TargetReports() {}

    static List<TargetReport> of(Plan plan, Traffic traffic, WaitingRoom room, Verdicts verdicts) {
        Set<Target> targets = new LinkedHashSet<>();
        plan.members().values().forEach(member -> targets.addAll(member.targets()));
        plan.settings().profiles().values().stream()
                .flatMap(profile -> profile.targets().stream())
                .forEach(target -> targets.add(plan.listed(target)));
        List<TargetReport> reports = new ArrayList<>();
        for (Target target : targets) {
            plan.member(target.backend())
                    .ifPresent(member -> reports.add(report(member, target, traffic, room, verdicts)));
        }
        return reports;
    }

    private static TargetReport report(
            Member member, Target target, Traffic traffic, WaitingRoom room, Verdicts verdicts) {
        ModelInfo model = member.find(target.model()).orElseGet(() -> ModelInfo.named(target.model()));
        return new TargetReport(
                target,
                member.settings().type(),
                member.status(model).state(),
                model,
                verdicts.of(member, model),
                traffic.count(target),
                room.waiting(target),
                member.known().probed(),
                member.known().detail());
    }

    /** Whether some target of the default, or of anything where there is none, can answer. */
    static boolean ready(Plan plan) {
        List<Target> targets = plan.settings()
                .fallbackUse()
                .map(use -> plan.settings().targetsOf(use))
                .orElseGet(() -> plan.members().values().stream()
                        .flatMap(member -> member.targets().stream())
                        .toList());
        return targets.stream().anyMatch(target -> canAnswer(plan, target));
    }

    private static boolean canAnswer(Plan plan, Target target) {
        return plan.member(target.backend())
                .filter(member -> mayAnswer(member.known()))
                .flatMap(member -> member.find(target.model()))
                .isPresent();
    }

    /** A server that was asked and does not tell how it is, is tried. */
    private static boolean mayAnswer(Known known) {
        return switch (known.state()) {
            case READY, BUSY -> true;
            case UNKNOWN -> known.probed().isPresent();
            case LOADING, DOWN -> false;
        };
    }
}
