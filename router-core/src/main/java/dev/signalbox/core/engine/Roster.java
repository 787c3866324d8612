package dev.signalbox.core.engine;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.Support;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.engine.Contender.Standing;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.Selector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The targets of a profile that can take the request at all, in the profile's order; and the order in which they are
 * to be tried now.
 */
final class Roster {

    private final Visit visit;
    private final Journey journey;
    private final Fitness fitness;
    private final List<Group> groups = new ArrayList<>();

    /** One entry of the chain, with the selector of a pool and its name. */
    private record Group(Optional<Selector> selector, String by, List<Contender> contenders) {}

    Roster(Visit visit) throws InterruptedException {
        this.visit = visit;
        this.journey = visit.journey();
        this.fitness = new Fitness(journey.request().prefers());
        List<Profile.Entry> chain = journey.profile().chain();
        List<Profile.Entry> wanted = journey.mayFallBack() ? chain : chain.subList(0, Math.min(1, chain.size()));
        readMissingLists(wanted);
        for (Profile.Entry entry : wanted) {
            groups.add(group(entry));
        }
    }

    /** Has the lists read that may hold a model which is not known yet, all at once. */
    private void readMissingLists(List<Profile.Entry> entries) throws InterruptedException {
        Set<Member> missing = new LinkedHashSet<>(0);
        for (Profile.Entry entry : entries) {
            for (Profile.Entry.Member each : membersOf(entry)) {
                Member member = member(each.target());
                if (member.find(each.target().model()).isEmpty()) {
                    missing.add(member);
                }
            }
        }
        journey.engine().awaitLists(List.copyOf(missing), journey);
    }

    /** The targets of an entry. */
    static List<Profile.Entry.Member> membersOf(Profile.Entry entry) {
        return switch (entry) {
            case Profile.Entry.One one -> List.of(new Profile.Entry.Member(one.target(), PluginConfig.empty()));
            case Profile.Entry.Pool pool -> pool.members();
        };
    }

    private Group group(Profile.Entry entry) {
        List<Contender> able = new ArrayList<>();
        membersOf(entry).forEach(member -> contender(member).ifPresent(able::add));
        return entry instanceof Profile.Entry.Pool pool
                ? new Group(
                        journey.plan().selector(pool),
                        "the selector " + pool.by().orElse(""),
                        able)
                : new Group(Optional.empty(), "", able);
    }

    /**
     * What may be tried now, best first: judged by all guards, pools ordered by their selectors, those first that are known
     * to do what is wanted, demoted ones last, and of these last those that will probably fail. Room's lock, or the
     * request's thread while it is not in the room.
     */
    List<Contender> order(Predicate<Contender> open) {
        Map<Standing, List<Contender>> ranks = new EnumMap<>(Standing.class);
        for (Group group : groups) {
            for (Judgement each : sorted(group, judged(group, open))) {
                ranks.computeIfAbsent(each.standing(), first -> new ArrayList<>(groups.size()))
                        .add(each.contender());
            }
        }
        List<Contender> order = new ArrayList<>();
        ranks.values().forEach(rank -> order.addAll(fitness.ordered(rank)));
        visit.ordered(order);
        return order;
    }

    /** A contender that may be tried, and how it stands. */
    private record Judgement(Contender contender, Standing standing) {}

    private static List<Judgement> judged(Group group, Predicate<Contender> open) {
        List<Judgement> judged = new ArrayList<>(group.contenders().size());
        for (Contender contender : group.contenders()) {
            Standing standing = open.test(contender) ? contender.assess() : Standing.EXCLUDED;
            if (standing != Standing.EXCLUDED) {
                judged.add(new Judgement(contender, standing));
            }
        }
        return judged;
    }

    private static List<Judgement> sorted(Group group, List<Judgement> open) {
        if (group.selector().isEmpty() || open.size() < 2) {
            return open;
        }
        Map<Target, Judgement> left = new LinkedHashMap<>();
        open.forEach(each -> left.put(each.contender().target(), each));
        List<Candidate> seen = open.stream()
                .<Candidate>map(
                        each -> new Sight(each.contender(), each.contender().poolSettings()))
                .toList();
        Selector selector = group.selector().get();
        List<Judgement> sorted = new ArrayList<>();
        for (Target target : PluginDefect.guarded(group.by(), () -> selector.order(seen))) {
            Judgement chosen = left.remove(target);
            if (chosen != null) {
                sorted.add(chosen);
            }
        }
        sorted.addAll(left.values());
        return sorted;
    }

    private Member member(Target target) {
        return journey.plan().member(target.backend()).orElseThrow();
    }

    private Optional<Contender> contender(Profile.Entry.Member entry) {
        Target target = entry.target();
        Member member = member(target);
        Optional<ModelInfo> model = member.find(target.model());
        if (model.isEmpty()) {
            visit.excluded(notOffered(target, member));
            return Optional.empty();
        }
        Optional<Reason> lack = lack(target, member, model.get());
        lack.ifPresent(visit::excluded);
        return lack.isPresent()
                ? Optional.empty()
                : Optional.of(new Contender(journey, visit, member, model.get(), entry.settings()));
    }

    /** Why a model of a backend cannot be taken that is not known. */
    static Reason notOffered(Target target, Member member) {
        if (member.unread()) {
            return Reason.of(
                    target,
                    Failure.of(
                            FailureKind.UNREACHABLE,
                            "the list of models of %s could not be read%s"
                                    .formatted(
                                            target.backend(),
                                            inBrackets(member.known().detail()))));
        }
        String message = "%s does not offer the model \"%s\"; name it under backends.%s.models if it does. %s"
                .formatted(
                        target.backend(),
                        target.model(),
                        target.backend(),
                        Near.hint(target.model(), member.models().keySet()));
        return new Reason(target, "not-offered", "engine", Problem.permanent(404, "model_not_found", message), false);
    }

    private static String inBrackets(String detail) {
        return detail.isEmpty() ? "" : " (" + detail + ")";
    }

    private Optional<Reason> lack(Target target, Member member, ModelInfo model) {
        RequestView request = journey.request();
        Optional<Dialect> spoken = member.spoken(request.dialect(), model);
        if (spoken.isEmpty()) {
            String message =
                    "%s does not speak %s, and nobody translates that for it".formatted(target, request.dialect());
            return Optional.of(capability(target, request.dialect().id(), message));
        }
        for (Capability needed : request.needs()) {
            if (model.support(needed) == Support.NO
                    && !journey.profile().mayDrop().contains(needed)) {
                return Optional.of(capability(target, needed.id(), "%s cannot do %s".formatted(target, needed)));
            }
        }
        return journey.profile().lossless() ? loss(target, member, spoken.get()) : Optional.empty();
    }

    private Optional<Reason> loss(Target target, Member member, Dialect spoken) {
        List<String> lost =
                Losing.by(journey.request(), spoken, member.settings().manner());
        String message = "%s speaks %s, in which %s cannot be said; the profile wants nothing to be lost"
                .formatted(target, spoken, String.join(", ", lost));
        return lost.isEmpty() ? Optional.empty() : Optional.of(capability(target, "lossless", message));
    }

    private static Reason capability(Target target, String capability, String message) {
        Problem problem =
                Problem.permanent(501, "capability_not_supported", message).with("capability", capability);
        return new Reason(target, "not-capable", "engine", problem, false);
    }
}
