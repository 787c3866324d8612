package dev.signalbox.guard.context;

import dev.signalbox.api.Capability;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PerProfile;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.Verdict;
import java.util.OptionalLong;
import java.util.Set;

/** Keeps requests off targets whose context they do not fit. Changes nothing about a request, and remembers nothing. */
record ContextGuard(PerProfile<Manner> manners) implements Guard {

    ContextGuard(PluginConfig general) {
        this(new PerProfile<>(profile -> Manner.of(general, profile)));
    }

    @Override
    public Verdict assess(Candidate candidate) {
        Manner manner = manners.of(candidate.settings());
        OptionalLong context = candidate.status().model().contextTokens();
        // a server that does not tell its context is not suspect
        if (manner.action() == Action.OFF || context.isEmpty() || fitsAnyway(candidate, manner, context.getAsLong())) {
            return Verdict.admit();
        }
        Need need = new Need(candidate.target(), candidate.approximateTokens(), context.getAsLong());
        if (manner.overfull(need.tokens(), need.context())) {
            return overfull(need, manner.action());
        }
        return manner.warns(need.tokens(), need.context()) ? Verdict.admit(need.words()) : Verdict.admit();
    }

    /** Whether it is plain without counting tokens, for which the whole body is read. */
    private static boolean fitsAnyway(Candidate candidate, Manner manner, long context) {
        RequestView request = candidate.request();
        OptionalLong most = request.mostTokens();
        return !isOnePrompt(request) || (most.isPresent() && !manner.mayMatter(most.getAsLong(), context));
    }

    /** Texts to be embedded or ranked, and lists of prompts, are read one by one, each with the whole context. */
    private static boolean isOnePrompt(RequestView request) {
        Set<Capability> needs = request.needs();
        return needs.contains(Capability.CHAT)
                || (needs.contains(Capability.COMPLETIONS)
                        && request.raw("/prompt")
                                .filter(text -> text.startsWith("["))
                                .isEmpty());
    }

    private static Verdict overfull(Need need, Action action) {
        return switch (action) {
            case OFF -> Verdict.admit();
            case WARN -> Verdict.admit(need.words());
            case DEMOTE -> Verdict.demote(need.words());
            case EXCLUDE ->
                Verdict.exclude(Refusal.tooLong(need.words())
                        .with("prompt_tokens", Long.toString(need.tokens()))
                        .with("context_tokens", Long.toString(need.context())));
        };
    }
}
