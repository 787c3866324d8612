package dev.signalbox.core.lint;

import dev.signalbox.core.config.Alias;
import dev.signalbox.core.config.Use;
import dev.signalbox.spi.Where;
import java.util.List;

/** Aliases and profiles that an earlier pattern hides. Exact names are asked before patterns, the first pattern wins. */
final class HiddenAliases implements Check {

    @Override
    public void look(Subject subject, Remarks remarks) {
        List<Alias> aliases = subject.settings().aliases();
        for (int i = 0; i < aliases.size(); i++) {
            Alias alias = aliases.get(i);
            if (alias.name().wild()) {
                hiddenBefore(subject, remarks, i);
                hidesProfiles(
                        subject, remarks, alias, subject.places().aliases().get(i));
            }
        }
    }

    private static void hiddenBefore(Subject subject, Remarks remarks, int index) {
        List<Alias> aliases = subject.settings().aliases();
        Alias alias = aliases.get(index);
        for (int before = 0; before < index; before++) {
            Alias wide = aliases.get(before);
            if (wide.name().wild() && wide.name().covers(alias.name())) {
                int line = subject.places().aliases().get(before).line();
                remarks.warn(
                        subject.places().aliases().get(index),
                        "never asked: \"%s\"%s takes every name that fits \"%s\". Put the narrower one first"
                                .formatted(wide.name(), line == 0 ? "" : " in line " + line, alias.name()));
                return;
            }
        }
    }

    private static void hidesProfiles(Subject subject, Remarks remarks, Alias alias, Where where) {
        List<String> hidden = subject.settings().profiles().keySet().stream()
                .filter(name -> alias.name().matches(name) && !alias.use().equals(new Use.ToProfile(name)))
                .filter(name ->
                        subject.settings().alias(name).filter(alias::equals).isPresent())
                .toList();
        if (!hidden.isEmpty()) {
            remarks.note(
                    where,
                    "also takes the profile%s %s when a client names one in `model`; the header X-Signalbox-Profile still"
                                    .formatted(hidden.size() == 1 ? "" : "s", String.join(", ", hidden))
                            + " reaches them");
        }
    }
}
