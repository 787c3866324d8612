package dev.signalbox.core.engine;

import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Alias;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

    /** What a name means, in the order in which a request's is looked up; empty if nobody knows it. */
    static Optional<ModelEntry> find(Plan plan, String asked) {
        String name = asked.strip();
        return name.isEmpty() ? Optional.empty() : named(plan, name);
    }

    private static Optional<ModelEntry> named(Plan plan, String name) {
        return configured(plan, name)
                .or(() -> Tag.off(name).flatMap(bare -> configured(plan, bare)))
                .or(() -> target(plan, name))
                .or(() -> of(plan, member -> member.offered(name)))
                .or(() -> of(plan, member -> member.find(name)));
    }

    private static Optional<ModelEntry> configured(Plan plan, String name) {
        Settings settings = plan.settings();
        return settings.alias(name)
                .map(alias -> entry(plan, name, ModelEntry.Kind.ALIAS, settings.targetsOf(alias.use())))
                .or(() -> Optional.ofNullable(settings.profiles().get(name.toLowerCase(Locale.ROOT)))
                        .map(profile -> entry(plan, profile.name(), ModelEntry.Kind.PROFILE, profile.targets())));
    }

    /** Split at the first slash whose left side is a backend. */
    private static Optional<ModelEntry> target(Plan plan, String name) {
        int slash = name.indexOf('/');
        return slash <= 0 || slash == name.length() - 1
                ? Optional.empty()
                : plan.member(name.substring(0, slash))
                        .flatMap(
                                member -> member.find(name.substring(slash + 1)).map(model -> of(member, model)));
    }

    /** A model alone, of the first backend that has it. */
    private static Optional<ModelEntry> of(Plan plan, Function<Member, Optional<ModelInfo>> model) {
        return plan.members().values().stream()
                .flatMap(member -> model.apply(member).map(found -> of(member, found)).stream())
                .findFirst();
    }

    private static ModelEntry of(Member member, ModelInfo model) {
        String id = new Target(member.name(), model.name()).toString();
        return new ModelEntry(id, ModelEntry.Kind.TARGET, model, member.name());
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
