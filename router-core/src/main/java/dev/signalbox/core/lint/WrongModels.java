package dev.signalbox.core.lint;

import static java.util.stream.Collectors.joining;

import dev.signalbox.api.Capability;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Alias;
import dev.signalbox.core.config.BackendSettings;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.config.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules that send requests where nobody can do what the rule is about. */
final class WrongModels implements Check {

    @Override
    public void look(Subject subject, Remarks remarks) {
        List<Rule> rules = subject.settings().rules();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof Rule.If rule) {
                look(subject, remarks, i, rule);
            }
        }
    }

    private static void look(Subject subject, Remarks remarks, int index, Rule.If rule) {
        Set<Capability> demanded = Meaning.demands(Meaning.plain(rule.when()));
        List<Hand> hands = hands(subject.settings(), rule.use());
        for (Capability capability : Capability.values()) {
            if (demanded.contains(capability)
                    && !hands.isEmpty()
                    && hands.stream().allMatch(hand -> hand.lacks(capability))) {
                remarks.warn(subject.placeOfRule(index), words(capability, hands));
            }
        }
    }

    private static String words(Capability capability, List<Hand> hands) {
        String who = hands.stream()
                .map(hand -> hand.target() + " (" + hand.why(capability) + ")")
                .distinct()
                .collect(joining(", "));
        return "is about %s, and nobody it leads to can do it: %s. Lead to a model that can, or say `capabilities: { %s: yes }` of it"
                .formatted(capability, who, capability);
    }

    /** A target with what may be stripped for it. */
    private record Hand(Target target, ModelInfo said, ModelInfo byName, Set<Capability> mayDrop) {

        boolean lacks(Capability capability) {
            return said.orElse(byName).support(capability) == Support.NO && !mayDrop.contains(capability);
        }

        String why(Capability capability) {
            return said.support(capability) == Support.NO ? "as configured" : "by its name";
        }
    }

    private static List<Hand> hands(Settings settings, Use use) {
        return switch (use) {
            case Use.ToTarget to -> List.of(hand(settings, to.target(), Set.of()));
            case Use.ToProfile to -> hands(settings, to.name(), true);
            case Use.ToAlias to -> {
                Optional<Alias> alias = settings.alias(to.name());
                yield alias.isPresent() && alias.get().use() instanceof Use.ToProfile profile
                        ? hands(settings, profile.name(), alias.get().fallback())
                        : alias.map(found -> hands(settings, found.use())).orElse(List.of());
            }
            case Use.Nowhere nowhere -> List.of();
        };
    }

    /** Those of a profile, and of the one that it goes on in for what its own cannot do; no way leads back. */
    private static List<Hand> hands(Settings settings, String name, boolean fallback) {
        Profile profile = settings.profiles().get(name);
        if (profile == null) {
            return List.of();
        }
        List<Hand> hands = new ArrayList<>();
        Profile reached = fallback || profile.chain().isEmpty()
                ? profile
                : Profile.of(name, profile.chain().subList(0, 1));
        reached.targets().forEach(target -> hands.add(hand(settings, target, profile.mayDrop())));
        String road = profile.on().get(FailureKind.UNSUPPORTED);
        if (fallback && road != null) {
            hands.addAll(hands(settings, road, true));
        }
        return hands;
    }

    private static Hand hand(Settings settings, Target target, Set<Capability> mayDrop) {
        ModelInfo named = ModelInfo.named(target.model());
        BackendSettings backend = settings.backends().get(target.backend());
        ModelInfo said = backend == null
                ? named
                : backend.models().getOrDefault(target.model(), named).orElse(allOf(backend));
        return new Hand(target, said, settings.engine().table().complete(named), mayDrop);
    }

    private static ModelInfo allOf(BackendSettings backend) {
        ModelInfo all = ModelInfo.named("");
        for (var each : backend.capabilities().entrySet()) {
            all = all.with(each.getKey(), each.getValue());
        }
        return all;
    }
}
