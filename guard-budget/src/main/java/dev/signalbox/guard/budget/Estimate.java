package dev.signalbox.guard.budget;

import dev.signalbox.api.Capability;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.RequestView;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How many tokens an attempt may take.
 *
 * @param prompt of the prompt
 * @param answer of the answer, at most
 */
record Estimate(long prompt, long answer) {

    private static final long MOST = 1L << 40;
    private static final long MOST_ANSWERS = 1L << 20; // of one request: their product fits

    /**
     * The prompt's tokens, and those the client lets the model answer with, as often as it is to answer.
     *
     * @param unsaid how many the latter are where the client does not say
     */
    static Estimate of(Candidate candidate, long unsaid) {
        return new Estimate(bounded(candidate.approximateTokens()), bounded(answer(candidate.request(), unsaid)));
    }

    /** What it cannot be more than, without looking at the prompt; empty where nobody can tell. */
    static Optional<Estimate> atMost(Candidate candidate, long unsaid) {
        RequestView request = candidate.request();
        OptionalLong most = request.mostTokens();
        return most.isPresent()
                ? Optional.of(new Estimate(bounded(most.getAsLong()), bounded(answer(request, unsaid))))
                : Optional.empty();
    }

    private static long answer(RequestView request, long unsaid) {
        Set<Capability> needs = request.needs();
        boolean saysNothing = needs.contains(Capability.EMBEDDINGS) || needs.contains(Capability.RERANK);
        return saysNothing ? 0 : times(request.maxTokens().orElse(unsaid), request.answers());
    }

    private static long times(long tokens, long answers) {
        return bounded(tokens) * Math.min(answers, MOST_ANSWERS);
    }

    private static long bounded(long tokens) {
        return Math.clamp(tokens, 0, MOST);
    }

    /** The prompt alone. */
    Estimate ofPrompt() {
        return new Estimate(prompt, 0);
    }
}
