package dev.signalbox.core.engine;

import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Alias;
import dev.signalbox.core.config.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names clients may write in {@code model}: aliases, profiles and targets. */
final class ModelNames {

    private ModelNames() {}

    static List<ModelEntry> of(Plan plan) {
        Map<String, ModelEntry> entries = new LinkedHashMap<>();
        for (Alias alias : plan.settings().aliases()) {
            if (!alias.name().wild()) {
                add(
                        entries,
                        entry(
                                plan,
                                alias.name().text(),
                                ModelEntry.Kind.ALIAS,
                                plan.settings().targetsOf(alias.use())));
            }
        }
        for (Profile profile : plan.settings().profiles().values()) {
            add(entries, entry(plan, profile.name(), ModelEntry.Kind.PROFILE, profile.targets()));
        }
        for (Member member : plan.members().values()) {
            member.targets()
                    .forEach(target ->
                            add(entries, entry(plan, target.toString(), ModelEntry.Kind.TARGET, List.of(target))));
        }
        return new ArrayList<>(entries.values());
    }

    private static void add(Map<String, ModelEntry> entries, ModelEntry entry) {
        entries.putIfAbsent(entry.id(), entry);
    }

    private static ModelEntry entry(Plan plan, String id, ModelEntry.Kind kind, List<Target> targets) {
        if (targets.isEmpty()) {
            return new ModelEntry(id, kind, ModelInfo.named(id), "");
        }
        Target first = targets.getFirst();
        ModelInfo info = plan.member(first.backend())
                .flatMap(member -> member.find(first.model()))
                .orElseGet(() -> ModelInfo.named(first.model()));
        return new ModelEntry(id, kind, info, first.backend());
    }
}
