package dev.signalbox.core.engine;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.Support;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Profile;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The targets of a profile that can take the request at all, in the profile's order; and the order in which they are
 * to be tried now.
 */
final class Roster {

    private final Journey journey;
    private final List<Group> groups = new ArrayList<>();

    /** One entry of the chain. */
    private record Group(Optional<Selector> selector, List<Contender> contenders) {}

    Roster(Journey journey) throws InterruptedException {
        this.journey = journey;
        for (Profile.Entry entry : journey.profile().chain()) {
            switch (entry) {
                case Profile.Entry.One one ->
                    add(Optional.empty(), List.of(new Profile.Entry.Member(one.target(), PluginConfig.empty())));
                case Profile.Entry.Pool pool -> add(journey.plan().selector(pool), pool.members());
            }
        }
    }

    /** What may be tried now, best first: pools ordered by their selectors, demoted ones last; of the first entry only if the chain may not be gone down. Room's lock. */
    List<Contender> order(Predicate<Contender> open, boolean wholeChain) {
        List<Contender> admitted = new ArrayList<>();
        List<Contender> demoted = new ArrayList<>();
        for (Group group : wholeChain ? groups : groups.subList(0, 1)) {
            for (Contender contender :
                    sorted(group, group.contenders().stream().filter(open).toList())) {
                switch (contender.assess()) {
                    case ADMITTED -> admitted.add(contender);
                    case DEMOTED -> demoted.add(contender);
                    case EXCLUDED -> {} // the journey knows why
                }
            }
        }
        admitted.addAll(demoted);
        return admitted;
    }

    private static List<Contender> sorted(Group group, List<Contender> open) {
        if (group.selector().isEmpty() || open.size() < 2) {
            return open;
        }
        Map<Target, Contender> left = new LinkedHashMap<>();
        open.forEach(contender -> left.put(contender.target(), contender));
        List<Candidate> seen = open.stream()
                .<Candidate>map(contender -> new Sight(contender, contender.poolSettings()))
                .toList();
        List<Contender> sorted = new ArrayList<>();
        for (Target target : group.selector().get().order(seen)) {
            Contender chosen = left.remove(target);
            if (chosen != null) {
                sorted.add(chosen);
            }
        }
        sorted.addAll(left.values());
        return sorted;
    }

    private void add(Optional<Selector> selector, List<Profile.Entry.Member> members) throws InterruptedException {
        List<Contender> able = new ArrayList<>();
        for (Profile.Entry.Member entry : members) {
            contender(entry).ifPresent(able::add);
        }
        groups.add(new Group(selector, able));
    }

    private Optional<Contender> contender(Profile.Entry.Member entry) throws InterruptedException {
        Target target = entry.target();
        Member member = journey.plan().member(target.backend()).orElseThrow();
        journey.engine().awaitList(member, journey.plan(), journey.deadline());
        Optional<ModelInfo> model = member.find(target.model());
        if (model.isEmpty()) {
            journey.skipped(notOffered(target, member));
            return Optional.empty();
        }
        Optional<Reason> lack = lack(target, member, model.get());
        lack.ifPresent(journey::skipped);
        return lack.isPresent()
                ? Optional.empty()
                : Optional.of(new Contender(journey, member, model.get(), entry.settings()));
    }

    private static Reason notOffered(Target target, Member member) {
        if (member.known().models().isPresent()) {
            String message = "%s does not offer the model \"%s\"; name it under backends.%s.models if it does"
                    .formatted(target.backend(), target.model(), target.backend());
            return new Reason(
                    target, "not-offered", "engine", Problem.permanent(404, "model_not_found", message), false);
        }
        return Reason.of(
                target,
                Failure.of(
                        dev.signalbox.api.FailureKind.UNREACHABLE,
                        "the list of models of %s could not be read (%s)"
                                .formatted(target.backend(), member.known().detail())));
    }

    private Optional<Reason> lack(Target target, Member member, ModelInfo model) {
        RequestView request = journey.request();
        if (!member.speaks(request.dialect(), model)) {
            String message = "%s does not speak %s".formatted(target, request.dialect());
            return Optional.of(capability(target, request.dialect().id(), message));
        }
        for (Capability needed : request.needs()) {
            if (model.support(needed) == Support.NO
                    && !journey.profile().mayDrop().contains(needed)) {
                return Optional.of(capability(target, needed.id(), "%s cannot do %s".formatted(target, needed)));
            }
        }
        return Optional.empty();
    }

    private static Reason capability(Target target, String capability, String message) {
        Problem problem =
                Problem.permanent(501, "capability_not_supported", message).with("capability", capability);
        return new Reason(target, "not-capable", "engine", problem, false);
    }
}
