package dev.signalbox.server.ingress;

import dev.signalbox.api.RouteRequest;

/** Hands {@code ?beta=true} on, by which Anthropic's clients say that they want what is not settled yet. */
record BetaQuery(Inference inference) implements Answering {

    private static final String BETA = "beta=true";

    @Override
    public void answer(Exchange exchange) throws InterruptedException {
        boolean wanted = exchange.request()
                .query()
                .first("beta")
                .asOptional()
                .filter("true"::equals)
                .isPresent();
        inference.answer(exchange, request -> wanted ? request.withHeader(RouteRequest.QUERY, BETA) : request);
    }
}
