package dev.signalbox.server.ingress;

import dev.signalbox.api.Caller;
import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Routing;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The APIs that clients know, in front of a router, as a service that a Helidon application mounts under any prefix.
 *
 * <p>It answers every path under its prefix, unknown ones with an error that says what is near, so it is registered after
 * whatever shares the prefix. One instance serves one application.
 */
public final class Ingress implements HttpService {

    private final Routing routing;
    private final IngressSettings settings;
    private final Ticker ticker;
    private final Offer offer;
    private final Holdings holdings;
    private final Connections connections = new Connections();
    private final Heads heads;
    private final Places places;
    private final Refusals refusals;
    private final Door door;
    private final Origins origins;
    private final List<Endpoint> endpoints;

    Ingress(Routing routing, IngressSettings settings, Ticker ticker) {
        this(routing, settings, ticker, Holdings.standard());
    }

    Ingress(Routing routing, IngressSettings settings, Ticker ticker, Holdings holdings) {
        this(routing, settings, ticker, Offer.of(routing, Optional.of(TaskSettings.DEFAULT), true), holdings);
    }

    private Ingress(Routing routing, IngressSettings settings, Ticker ticker, Offer offer, Holdings holdings) {
        this.routing = routing;
        this.settings = settings;
        this.ticker = ticker;
        this.offer = offer;
        this.holdings = holdings;
        this.heads = new Heads(ticker, settings.clientTimeout());
        this.places = new Places(settings.maxRequests());
        this.refusals = new Refusals(ticker, settings.clientTimeout());
        this.door = new Door(settings);
        this.origins = new Origins(settings.origins());
        this.endpoints = endpoints();
    }

    private static Ingress of(Routing routing, IngressSettings settings, Offer offer, Holdings holdings) {
        return new Ingress(routing, settings, new Ticker(System::nanoTime), offer, holdings);
    }

    /** An ingress to this router that leaves it to the application who may come in. */
    public static Ingress of(Routing routing) {
        return of(routing, IngressSettings.DEFAULT);
    }

    /** An ingress to this router. The router stays the caller's to close. */
    public static Ingress of(Routing routing, IngressSettings settings) {
        return of(routing, settings, Optional.of(TaskSettings.DEFAULT));
    }

    /** An ingress to this router that serves tasks there, if the router does any, or not at all. */
    public static Ingress of(Routing routing, IngressSettings settings, Optional<TaskSettings> tasks) {
        return of(routing, settings, Offer.of(routing, tasks, true), Holdings.standard());
    }

    /** An ingress to this router that serves tasks and nothing else. */
    public static Ingress ofTasks(Routing routing, IngressSettings settings, TaskSettings tasks) {
        return of(routing, settings, Offer.of(routing, Optional.of(tasks), false), Holdings.standard());
    }

    /** The same for another listener: what clients send to the two may take no more memory than what they send to one. */
    public Ingress again() {
        return of(routing, settings, offer, holdings);
    }

    /** One for another listener, beside this one, that serves tasks and nothing else. */
    public Ingress againForTasks(TaskSettings tasks) {
        return of(routing, settings, Offer.of(routing, Optional.of(tasks), false), holdings);
    }

    /**
     * The protocol of the listener this ingress is served by, and its only one ({@code protocolsDiscoverServices(false)}):
     * through it a client that leaves is noticed at once, and not only when there is something to write to it, and one
     * that does not send what it began is let go.
     */
    public ServerConnectionSelector http1() {
        return http1(Http1Config.builder());
    }

    /** The same with whatever else is wanted of it. */
    public ServerConnectionSelector http1(Http1Config.Builder config) {
        return Handled.selector(config.addReceiveListener(heads).build(), heads);
    }

    @Override
    public void routing(HttpRules rules) {
        for (Endpoint endpoint : endpoints) {
            rules.route(endpoint.method(), endpoint.path(), handler(endpoint));
        }
        Elsewhere elsewhere = new Elsewhere(endpoints);
        rules.any((request, response) -> handle(
                new Endpoint(
                        request.prologue().method(),
                        "/*",
                        Faces.of(offer.face(request.path().path()), request.headers()),
                        true,
                        request.prologue().method().equals(Method.OPTIONS) ? origins : elsewhere),
                request,
                response));
    }

    @Override
    public void afterStart(WebServer server) {
        ticker.add(heads);
        ticker.add(places);
        ticker.start();
    }

    @Override
    public void afterStop() {
        ticker.close();
    }

    /** Takes leave: connections are closed as soon as nothing is being answered on them. Any thread, any number of times. */
    public void stop() {
        connections.stop();
    }

    /** Whether nobody is being answered by the router right now. */
    public boolean isIdle() {
        return places.allFree();
    }

    /** Ends every answer that has begun, where it is. Any thread, any number of times. */
    public void cut() {
        places.cut();
    }

    private Handler handler(Endpoint endpoint) {
        return (request, response) -> handle(endpoint, request, response);
    }

    private void handle(Endpoint endpoint, ServerRequest request, ServerResponse response) throws InterruptedException {
        Exchange exchange = Exchange.of(request, response, endpoint.face(request.headers()));
        try {
            origins.welcome(exchange);
            Caller caller = door.admit(request.headers(), endpoint.open());
            endpoint.answering().answer(exchange.by(caller));
        } catch (Refused refused) {
            refusals.answer(exchange, refused);
        }
        if (exchange.last()) { // Helidon says that it closes and then waits for the client to do it
            throw new CloseConnectionException("The client wants it closed.");
        }
        Connection.current().ifPresent(heads::answered);
    }

    private List<Endpoint> endpoints() {
        Intake intake = new Intake(ticker, settings, holdings);
        Reception reception = new Reception(ticker, settings, intake, places, new KeepAlive(connections, ticker));
        Inference inference = new Inference(routing, settings, ticker, reception);
        List<Endpoint> all = new ArrayList<>();
        if (offer.rest()) {
            all.addAll(versioned(routing, inference));
            all.addAll(new OllamaShelf(routing, intake).endpoints());
            all.addAll(OllamaStore.endpoints());
            all.addAll(own(intake));
        }
        offer.tasks()
                .map(tasks -> new TaskDesk(routing, tasks, inference, reception, batchLimits(), ticker::now))
                .ifPresent(desk -> all.addAll(desk.endpoints()));
        return withHeads(all);
    }

    private static List<Endpoint> versioned(Routing routing, Inference inference) {
        ModelList models = new ModelList(routing);
        Answering beta = new BetaQuery(inference);
        List<Endpoint> versioned = List.of(
                Endpoint.post("/chat/completions", Dialect.OPENAI_CHAT, inference),
                Endpoint.post("/completions", Dialect.OPENAI_COMPLETIONS, inference),
                Endpoint.post("/embeddings", Dialect.OPENAI_EMBEDDINGS, inference),
                Endpoint.post("/responses", Dialect.OPENAI_RESPONSES, inference),
                Endpoint.post("/rerank", Dialect.OPENAI_RERANK, inference),
                Endpoint.post("/score", Dialect.OPENAI_SCORE, inference),
                Endpoint.post("/messages", Dialect.ANTHROPIC_MESSAGES, beta),
                Endpoint.post("/messages/count_tokens", Dialect.ANTHROPIC_COUNT_TOKENS, beta),
                Endpoint.get("/models", models::all),
                Endpoint.get("/models/{+id}", models::one));
        List<Endpoint> all = new ArrayList<>();
        versioned.forEach(endpoint -> all.add(endpoint.at("/v1" + endpoint.path())));
        all.addAll(ollama(inference));
        all.addAll(versioned);
        return all;
    }

    private static List<Endpoint> ollama(Inference inference) {
        return List.of(
                Endpoint.post("/api/chat", Dialect.OLLAMA_CHAT, inference),
                Endpoint.post("/api/generate", Dialect.OLLAMA_GENERATE, inference),
                Endpoint.post("/api/embed", Dialect.OLLAMA_EMBED, inference),
                Endpoint.post("/api/embeddings", Dialect.OLLAMA_EMBEDDINGS, inference));
    }

    private TaskBatch.Limits batchLimits() {
        return new TaskBatch.Limits(holdings.bodies(), settings.maxBody(), settings.writeTimeout());
    }

    private List<Endpoint> own(Intake intake) {
        Operators operators = new Operators(settings.callers());
        Reports reports = new Reports(routing);
        Health health = new Health(routing, operators);
        Traces traces = new Traces(routing, intake);
        return List.of(
                Endpoint.get("/health", health::summary).withoutKey(),
                Endpoint.get("/health/live", health::live).withoutKey(),
                Endpoint.get("/health/ready", health::ready).withoutKey(),
                Endpoint.get("/signalbox/targets", operators.only(new TargetList(routing)::all)),
                Endpoint.get("/signalbox/reports", operators.only(reports::all)),
                Endpoint.get("/signalbox/reports/{name}", operators.only(reports::one)),
                Endpoint.get("/signalbox/traces", operators.only(traces::all)),
                Endpoint.get("/signalbox/traces/{id}", operators.only(traces::one)),
                Endpoint.post("/signalbox/explain", Dialect.OPENAI_CHAT, operators.only(traces::explain)),
                Endpoint.get("/", FrontPage::show).withoutKey());
    }

    private static List<Endpoint> withHeads(List<Endpoint> endpoints) {
        List<Endpoint> all = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            all.add(endpoint);
            if (endpoint.method().equals(Method.GET)) {
                all.add(endpoint.by(Method.HEAD));
            }
        }
        return all;
    }
}
