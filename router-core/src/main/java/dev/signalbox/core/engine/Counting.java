package dev.signalbox.core.engine;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.ReadingRefused;
import dev.signalbox.core.engine.Contender.Standing;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.TokenCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * Answers how long a prompt is. That takes no model's time, so it goes past the waiting room: no place is taken, no guard
 * grants or learns anything, nothing is prepared. The first target of the chain that has the model in memory and can
 * count is asked; if none can, the prompt is estimated, and the answer says so. Where a guard would not send the prompt
 * it is not sent to be counted either. The request's thread does it all.
 */
final class Counting implements Judged {

    /** Longer than a count takes: an estimate that is there is worth more. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Journey journey;
    private final Engine engine;
    private final Instant moment;
    private final List<Reason> unknown = new ArrayList<>();
    private final Map<Target, Reason> excluded = new LinkedHashMap<>();

    Counting(Journey journey) {
        this.journey = journey;
        this.engine = journey.engine();
        this.moment = engine.time().now();
    }

    RoutedResponse run() throws InterruptedException {
        List<Profile.Entry.Member> chain = chain();
        List<Contender> known = known(chain);
        Deadline until = journey.deadline().within(LIMIT);
        for (Contender contender : known) {
            OptionalLong count = until.expired() ? OptionalLong.empty() : count(contender, until);
            if (count.isPresent()) {
                return CountedResponse.counted(journey, contender.target(), count.getAsLong());
            }
        }
        return CountedResponse.estimated(journey, chain.getFirst().target());
    }

    /** Writes down who would be asked, and asks nobody. */
    void look() {
        List<RouteTrace.Standing> standings = new ArrayList<>();
        for (Contender contender : known(chain())) {
            if (contender.assess() != Standing.EXCLUDED && loaded(contender)) {
                standings.add(contender.standing());
            }
        }
        excluded.values().forEach(reason -> standings.add(reason.standing()));
        unknown.forEach(reason -> standings.add(reason.standing()));
        journey.trace().stood(standings);
    }

    private List<Contender> known(List<Profile.Entry.Member> chain) {
        List<Contender> known =
                chain.stream().flatMap(entry -> contender(entry).stream()).toList();
        if (known.isEmpty()
                && unknown.stream().allMatch(reason -> reason.problem().permanent())) {
            throw LastWord.of(unknown, Optional.empty(), journey.trace().read(), journey.told());
        }
        return known;
    }

    private List<Profile.Entry.Member> chain() {
        List<Profile.Entry> entries = journey.profile().chain();
        return entries.subList(0, journey.mayFallBack() ? entries.size() : 1).stream()
                .flatMap(entry -> Roster.membersOf(entry).stream())
                .toList();
    }

    private Optional<Contender> contender(Profile.Entry.Member entry) {
        Target target = entry.target();
        Member member = journey.plan().member(target.backend()).orElseThrow();
        Optional<ModelInfo> model = member.find(target.model());
        if (model.isEmpty()) {
            unknown.add(Roster.notOffered(target, member));
        }
        return model.map(known -> new Contender(journey, this, member, known, entry.settings()));
    }

    private OptionalLong count(Contender contender, Deadline until) throws InterruptedException {
        Optional<TokenCounter> counter = loaded(contender) ? counterOf(contender) : Optional.empty();
        if (counter.isEmpty() || contender.assess() == Standing.EXCLUDED) {
            return OptionalLong.empty();
        }
        try {
            return ask(counter.get(), contender, until);
        } catch (BackendException failed) {
            journey.throwIfOver();
            journey.skipped(Reason.of(contender.target(), failed.failure()));
            return OptionalLong.empty();
        }
    }

    /** A runtime that does not tell what it has in memory is asked: counting never loads. */
    private static boolean loaded(Contender contender) {
        BackendState state = contender.status().state();
        return state != BackendState.DOWN
                && state != BackendState.LOADING
                && contender.model().loaded().orElse(true);
    }

    private static Optional<TokenCounter> counterOf(Contender contender) {
        return PluginDefect.guarded(
                who(contender), () -> contender.member().backend().ability(TokenCounter.class));
    }

    private OptionalLong ask(TokenCounter counter, Contender contender, Deadline until)
            throws BackendException, InterruptedException {
        ParsedRequest asked =
                journey.request().withHeader("Via", Loops.via(journey.original().headers(), engine.instanceId()));
        Errand errand = new Errand(engine.time(), until, journey.original().cancellation(), engine.ending());
        try {
            OptionalLong count =
                    errand.run(() -> counter.count(asked, contender.model().name(), until));
            return checked(count, contender);
        } catch (BackendException | PluginDefect | ReadingRefused | InterruptedException told) {
            throw told;
        } catch (CancellationException ended) {
            throw late(ended);
        } catch (Throwable bug) {
            PluginDefect.throwIfFatal(bug);
            throw new PluginDefect(who(contender), bug);
        }
    }

    private static OptionalLong checked(OptionalLong count, Contender contender) {
        if (count.isPresent() && count.getAsLong() < 0) {
            throw new PluginDefect(
                    who(contender), new IllegalStateException("it counted %d tokens".formatted(count.getAsLong())));
        }
        return count;
    }

    private static BackendException late(CancellationException ended) {
        return new BackendException(Failure.of(FailureKind.TIMED_OUT, "it did not count within " + LIMIT), ended);
    }

    private static String who(Contender contender) {
        return contender.member().words();
    }

    // What guards think.

    @Override
    public Instant moment() {
        return moment;
    }

    @Override
    public void excluded(Target target, String by, Refusal refusal) {
        Reason reason = Reason.of(target, by, refusal);
        excluded.put(target, reason);
        journey.skipped(reason);
    }

    @Override
    public void admitted(Target target) {
        excluded.remove(target);
    }

    @Override
    public Optional<Reason> against(Target target) {
        return Optional.ofNullable(excluded.get(target));
    }

    @Override
    public void failed(PluginDefect bug) {
        throw bug;
    }

    @Override
    public boolean defective() {
        return false;
    }
}
