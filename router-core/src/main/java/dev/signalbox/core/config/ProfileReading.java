package dev.signalbox.core.config;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads the section {@code profiles}. */
record ProfileReading(Reading reading, ChainReading chains) {

    SequencedMap<String, Profile> read(Map<String, ConfigNode> section) {
        SequencedMap<String, Profile> profiles = new LinkedHashMap<>();
        section.forEach((name, node) -> {
            reading.requireName(node.where(), "profile", name);
            reading.table(node, "a profile such as { chain: [ gpu/qwen3:8b ] }")
                    .ifPresent(table -> profiles.put(
                            name,
                            profile(
                                    name,
                                    reading.config(ProfileOptions.ALL, table, "an option of a profile"),
                                    placeOfKinds(table))));
        });
        return profiles;
    }

    private static Where placeOfKinds(ConfigNode.Table table) {
        ConfigNode node = table.members().get(ProfileOptions.FALL_BACK_ON.name());
        return node == null ? table.where() : node.where();
    }

    /** A profile whose chain has not been read; {@code kinds} is where it says on what it falls back. */
    Profile profile(String name, PluginConfig config, Where kinds) {
        List<Profile.Entry> chain =
                config.has(ProfileOptions.CHAIN) ? chains.read(config.get(ProfileOptions.CHAIN)) : List.of();
        return new Profile(
                name,
                chain,
                config.get(ProfileOptions.LIMITS).map(this::limits).orElse(Limits.DEFAULT),
                kinds(config, kinds),
                Math.toIntExact(config.get(ProfileOptions.ATTEMPTS)),
                config.get(ProfileOptions.SPILL),
                Set.copyOf(config.get(ProfileOptions.MAY_DROP)),
                config.get(ProfileOptions.LOSSLESS),
                SystemPromptOptions.read(config.get(ProfileOptions.SYSTEM_PROMPT), reading.problems()),
                guards(config.get(ProfileOptions.GUARDS)),
                config.get(ProfileOptions.RETRY).map(this::retry).orElse(Retry.NEVER),
                Roads.read(
                        config.get(ProfileOptions.ON),
                        config.where().child(ProfileOptions.ON.name()),
                        reading.problems()),
                config.get(ProfileOptions.PRIORITY));
    }

    private Limits limits(PluginConfig config) {
        Limits limits = new Limits(
                config.get(ProfileOptions.TOTAL),
                config.get(ProfileOptions.WAIT),
                config.get(ProfileOptions.FIRST_CONTENT),
                config.get(ProfileOptions.IDLE),
                config.get(ProfileOptions.MAX_OVERTAKEN));
        if (config.has(ProfileOptions.FIRST_CONTENT) && limits.firstContent().compareTo(limits.total()) > 0) {
            reading.problems()
                    .add(
                            config.where().child("first-content"),
                            "longer than total, which ends the whole request before; make total longer");
        }
        return limits;
    }

    private Retry retry(PluginConfig config) {
        return new Retry(
                Math.toIntExact(config.get(ProfileOptions.RETRY_TIMES)),
                config.get(ProfileOptions.RETRY_BACKOFF),
                passing(config.get(ProfileOptions.RETRY_ON), config.where().child(ProfileOptions.RETRY_ON.name())));
    }

    private Set<FailureKind> kinds(PluginConfig config, Where where) {
        return passing(config.get(ProfileOptions.FALL_BACK_ON), where);
    }

    /** Those kinds, each of which must be one that something is done about. */
    private Set<FailureKind> passing(List<FailureKind> kinds, Where where) {
        for (FailureKind kind : kinds) {
            if (!kind.mayFallBack()) {
                reading.problems().add(where, "\"%s\" never falls back; take it out".formatted(kind));
            }
        }
        return Set.copyOf(kinds);
    }

    private Map<String, PluginConfig> guards(Map<String, ConfigNode> section) {
        Map<String, PluginConfig> guards = new LinkedHashMap<>();
        section.forEach((type, node) -> {
            Optional<GuardFactory> factory = reading.plugins().guard(type);
            if (factory.isEmpty()) {
                reading.problems().add(node.where(), reading.plugins().missing(GuardFactory.class, type));
                return;
            }
            reading.table(node, "a table of the guard's options")
                    .ifPresent(table -> guards.put(
                            type,
                            reading.config(
                                    factory.get().profileOptions(),
                                    table,
                                    "an option of guard \"%s\" in a profile".formatted(type))));
        });
        return guards;
    }
}
