package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.HostView.Offer;
import dev.signalbox.spi.RequestView;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What a request needs of the memory of a machine. Made without the residency's lock, since a long prompt takes long to be
 * counted; all else is asked under it.
 *
 * @param target the model
 * @param growth how many bytes it adds while it is answered
 * @param context with which context the model is to be loaded; empty where that is its server's business
 */
record Need(Target target, long growth, OptionalLong context) {

    private static final int MOST_ANSWERS = 1_000; // no server makes more of one prompt

    /** Of a request. */
    static Need of(Books books, Candidate candidate) {
        return of(books, candidate, candidate::approximateTokens);
    }

    /** What it cannot be more than, without counting the tokens of the prompt; empty where nobody can tell. */
    static Optional<Need> atMost(Books books, Candidate candidate) {
        OptionalLong most = candidate.request().mostTokens();
        return most.isPresent() ? Optional.of(of(books, candidate, most::getAsLong)) : Optional.empty();
    }

    private static Need of(Books books, Candidate candidate, LongSupplier prompt) {
        Offer offer = books.offers().of(candidate.target());
        long growth = Sizes.growth(
                offer.model(), offer.reported(), () -> tokens(candidate.request(), Math.max(0, prompt.getAsLong())));
        OptionalLong wanted = offer.managed() ? candidate.contextWanted() : OptionalLong.empty();
        return new Need(candidate.target(), growth, wanted);
    }

    /** That the model is there as it is wanted, and no more. */
    Need ofModel() {
        return new Need(target, 0, context);
    }

    /** The same, with no larger context than its server has shown to give. */
    Need possible(Books books) {
        return new Need(target, growth, books.sizes().possible(target, context));
    }

    /** That the model is there, and no more. */
    static Need ofPresence(Target target) {
        return new Need(target, 0, OptionalLong.empty());
    }

    private static long tokens(RequestView request, long prompt) {
        long anAnswer = Math.clamp(request.maxTokens().orElse(0), 0, Integer.MAX_VALUE);
        return prompt + anAnswer * Math.clamp(request.answers(), 1, MOST_ANSWERS);
    }

    /** Whether the model is there as it is wanted. */
    boolean isMet(Books books) {
        return books.isThere(target) && !reloads(books);
    }

    /** Whether the model is there, and has to be loaded again for its context. */
    boolean reloads(Books books) {
        return books.holding(target)
                .filter(holding -> holding.state() != State.COMING && !holding.holds(context))
                .isPresent();
    }

    /** How many bytes beyond those that are taken already. */
    long bytes(Books books) {
        Offer offer = books.offers().of(target);
        long wider = books.holding(target)
                .map(holding -> books.sizes().context(target, offer.model(), holding.context(), context))
                .orElse(0L);
        boolean counted = books.holding(target).isPresent() || books.takesMemoryUnseen(offer);
        return counted ? growth + wider : books.size(target, context).bytes() + growth;
    }
}
