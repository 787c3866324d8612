package dev.signalbox.core.engine;

import dev.signalbox.api.Exhausted;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Target;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.config.Alias;
import dev.signalbox.core.config.Condition;
import dev.signalbox.core.config.EngineSettings.UnknownModel;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Use;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.Reading;
import dev.signalbox.spi.Near;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides where a request goes: always-rules, the profile asked for, the mode, the name in {@code model}, the
 * role of a task, rules, the default; in that order.
 */
final class Naming {

    private static final Duration UNTIL_LISTED = Duration.ofSeconds(5);

    private final Journey journey;
    private final Plan plan;
    private final ParsedRequest request;
    private final Classes classes;

    Naming(Journey journey) {
        this.journey = journey;
        this.plan = journey.plan();
        this.request = journey.request();
        this.classes = new Classes(journey);
    }

    /**
     * The decision.
     *
     * @throws Unroutable if nobody knows the name, the profile or the mode
     * @throws Exhausted if a list of models that might hold the name was never read
     */
    Choice choose() throws InterruptedException {
        Optional<Choice> always = rule(true);
        Optional<Choice> known = always.or(this::byProfile).or(this::byMode).or(this::byName);
        if (known.isPresent()) {
            return known.get();
        }
        if (named()) {
            journey.engine().awaitLists(List.copyOf(plan.members().values()), journey);
        }
        Optional<Choice> listed = byName().or(this::byAnyModel).or(this::byTask);
        return listed.isPresent() ? listed.get() : byRest();
    }

    /** A task that names no model goes to whoever does such tasks. */
    private Optional<Choice> byTask() {
        Assignment assignment = journey.assignment();
        return named()
                ? Optional.empty()
                : assignment.use().stream()
                        .map(use -> follow(assignment.by(), use, true))
                        .findFirst();
    }

    private boolean named() {
        String name = request.model().strip();
        return !name.isEmpty() && !name.equalsIgnoreCase("auto");
    }

    private Optional<Choice> rule(boolean always) throws InterruptedException {
        try (Reading reading = request.reading()) {
            for (Rule rule : plan.rules()) {
                if (rule.always() == always) {
                    Optional<Use> use = ask(rule, reading);
                    if (use.isPresent()) {
                        return Optional.of(follow(rule.name(), use.get(), true));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Where a rule leads this request; empty if it does not hold. */
    private Optional<Use> ask(Rule rule, Reading reading) throws InterruptedException {
        return switch (rule) {
            case Rule.If when -> {
                Condition.Finding found = when.when().ask(request);
                journey.trace().ruled(new RouteTrace.Ruled(rule.name(), found.holds(), found.why()));
                yield found.holds() ? Optional.of(when.use()) : Optional.empty();
            }
            case Rule.ByClass byClass -> {
                reading.pause(); // a classifier takes its time
                yield classes.ask(byClass);
            }
        };
    }

    private Optional<Choice> byProfile() {
        Optional<String> header = header("X-Signalbox-Profile");
        Optional<String> body = request.profile();
        if (body.isPresent() && header.isPresent() && !header.get().equalsIgnoreCase(body.get())) {
            journey.note(
                    "engine",
                    "the body's profile \"%s\" beats the header's \"%s\"".formatted(body.get(), header.get()));
        }
        return body.or(() -> header).map(name -> new Choice("profile asked for", profileOrFail(name), true));
    }

    private Optional<Choice> byMode() {
        return header("X-Signalbox-Mode").map(mode -> {
            String profile = plan.settings().modes().get(mode);
            if (profile == null) {
                throw unroutable(
                        400,
                        "unknown_mode",
                        "unknown mode \"%s\". %s"
                                .formatted(
                                        mode,
                                        Near.hint(mode, plan.settings().modes().keySet())));
            }
            return new Choice("mode \"%s\"".formatted(mode), profileOrFail(profile), true);
        });
    }

    private Optional<Choice> byName() {
        if (!named()) {
            return Optional.empty();
        }
        String name = request.model().strip();
        return configured(name)
                .or(() -> target(name).map(target -> single("target", target)))
                .or(() -> Tag.off(name).flatMap(this::configured))
                .or(() -> listed(name));
    }

    private Optional<Choice> configured(String name) {
        return alias(name)
                .or(() ->
                        profile(name).map(profile -> new Choice("profile \"" + profile.name() + "\"", profile, true)));
    }

    private Choice byRest() throws InterruptedException {
        String name = request.model().strip();
        UnknownModel unknown = plan.settings().engine().unknownModel();
        if (named() && unknown == UnknownModel.REJECT) {
            throw unknownModel(name);
        }
        Optional<Choice> ruled = rule(false);
        if (ruled.isPresent()) {
            return ruled.get();
        }
        if (named() && unknown == UnknownModel.RULES) {
            throw unknownModel(name);
        }
        return plan.settings()
                .fallbackUse()
                .map(use -> follow("default", use, true))
                .orElseThrow(() -> unroutable(
                        400,
                        "model_required",
                        "the request names no model, and no default is configured. " + Near.hint("", names())));
    }

    private Optional<Choice> alias(String name) {
        return plan.settings().alias(name).map(this::follow);
    }

    private Choice follow(Alias alias) {
        Choice choice = follow("alias \"" + alias.name() + "\"", alias.use(), alias.fallback());
        return new Choice(choice.by(), choice.profile(), choice.fallback(), alias.priority());
    }

    private Optional<Profile> profile(String name) {
        return Optional.ofNullable(plan.settings().profiles().get(name.toLowerCase(Locale.ROOT)));
    }

    /** Split at the first slash whose left side is a backend. */
    private Optional<Target> target(String name) {
        int slash = name.indexOf('/');
        return slash > 0
                        && slash < name.length() - 1
                        && plan.member(name.substring(0, slash)).isPresent()
                ? Optional.of(Target.of(name))
                : Optional.empty();
    }

    /** The backends that offer the name form a chain in configured order. */
    private Optional<Choice> listed(String name) {
        return chain("listed", member -> member.offered(name));
    }

    /** Those that take any name are asked only when all lists are known, as far as they can be. */
    private Optional<Choice> byAnyModel() {
        String name = request.model().strip();
        return named() ? chain("any-model", member -> member.find(name)) : Optional.empty();
    }

    private Optional<Choice> chain(String by, Function<Member, Optional<ModelInfo>> model) {
        List<Profile.Entry> chain = new ArrayList<>();
        for (Member member : plan.members().values()) {
            model.apply(member)
                    .ifPresent(found -> chain.add(new Profile.Entry.One(new Target(member.name(), found.name()))));
        }
        return chain.isEmpty() ? Optional.empty() : Optional.of(new Choice(by, Profile.of("", chain), true));
    }

    private Choice follow(String by, Use use, boolean fallback) {
        return switch (use) {
            case Use.ToProfile to -> new Choice(by, profileOrFail(to.name()), fallback);
            case Use.ToTarget to -> new Choice(by, single(by, to.target()).profile(), fallback);
            case Use.ToAlias to -> {
                Choice meant = alias(to.name()).orElseThrow();
                yield new Choice(by + ", " + meant.by(), meant.profile(), meant.fallback(), meant.priority());
            }
            case Use.Nowhere nowhere ->
                throw unroutable(
                        503,
                        "provider_not_configured",
                        "%s is known, and nobody is configured to serve it".formatted(by));
        };
    }

    private static Choice single(String by, Target target) {
        return new Choice(by, Profile.of("", List.of(new Profile.Entry.One(target))), true);
    }

    private Profile profileOrFail(String name) {
        return profile(name.strip())
                .orElseThrow(() -> unroutable(
                        400,
                        "unknown_profile",
                        "unknown profile \"%s\". %s"
                                .formatted(
                                        name,
                                        Near.hint(
                                                name, plan.settings().profiles().keySet()))));
    }

    private RuntimeException unknownModel(String name) {
        List<Member> unread =
                plan.members().values().stream().filter(Member::unread).toList();
        if (!unread.isEmpty()) {
            Problem problem =
                    Problem.passing(503, "models_unknown", unread(name, unread)).retryAfter(Optional.of(UNTIL_LISTED));
            return new Exhausted(problem, journey.trace().read());
        }
        return unroutable(
                404, "model_not_found", "the model \"%s\" is not known. %s".formatted(name, Near.hint(name, names())));
    }

    private String unread(String name, List<Member> members) {
        String known = "the model \"%s\" is not known, and ".formatted(name);
        return journey.told()
                ? known + members.stream().map(Naming::whyUnread).collect(Collectors.joining(", "))
                : known + "not every list of models could be read yet";
    }

    private static String whyUnread(Member member) {
        String detail = member.known().detail();
        String why = member.known().probed().isEmpty() ? "it has not answered yet" : detail;
        return "the list of %s could not be read yet%s".formatted(member.name(), why.isEmpty() ? "" : " (" + why + ")");
    }

    /** Everything that may be written, models also without the backend in front. */
    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        ModelNames.of(plan).forEach(entry -> names.add(entry.id()));
        plan.members().values().forEach(member -> names.addAll(member.models().keySet()));
        return names;
    }

    private Unroutable unroutable(int status, String code, String message) {
        return new Unroutable(
                Problem.permanent(status, code, message), journey.trace().read());
    }

    private Optional<String> header(String name) {
        return request.headers().first(name).map(String::strip).filter(value -> !value.isEmpty());
    }
}
