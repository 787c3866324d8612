package dev.signalbox.core.engine;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.BackendSettings;
import dev.signalbox.core.config.MidSystem;
import dev.signalbox.core.config.ModelTable;
import dev.signalbox.core.dialect.Translations;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A configured backend that is alive, with what is known of it. Any thread may ask. */
final class Member {

    private static final int MOST_EARLY = 1_000;

    private final BackendSettings settings;
    private final Backend backend;
    private final String host;
    private final String words;
    private final Shared shared;
    private final AtomicReference<View> view;
    private volatile ModelTable table;

    /** Models that refuse to hear the system in the middle of a conversation; one that is forgotten is asked once more. */
    private final NewestNames early = new NewestNames(MOST_EARLY);

    /** What is known, and what it offers because of that. */
    private record View(Known known, Map<String, ModelInfo> models) {}

    /**
     * A backend of which nothing is known yet.
     *
     * @param table what models can do by their names
     * @param forget called when it is closed, before it is
     */
    Member(BackendSettings settings, Backend backend, ModelTable table, Consumer<Member> forget) {
        this.settings = settings;
        this.backend = backend;
        this.table = table;
        this.shared = new Shared(() -> {
            forget.accept(this);
            Quietly.close("the backend " + settings.name(), backend);
        });
        this.words = "the backend type " + settings.type();
        this.host = Hosts.nameOf(settings.host().or(backend::host).orElse(settings.name()));
        this.view = new AtomicReference<>(viewOf(Known.NOTHING));
    }

    String name() {
        return settings.name();
    }

    BackendSettings settings() {
        return settings;
    }

    Backend backend() {
        return backend;
    }

    String host() {
        return host;
    }

    /** Its plugin in messages. */
    String words() {
        return words;
    }

    /** Whether the user has to say to that model what the system says in the middle of a conversation. */
    boolean hearsSystemFirstOnly(String model) {
        return switch (settings.midSystem()) {
            case SYSTEM -> false;
            case USER -> true;
            case AUTO -> early.contains(model);
        };
    }

    /** Whether it may turn out that it has to. */
    boolean mayHearSystemFirstOnly(String model) {
        return settings.midSystem() == MidSystem.AUTO && !early.contains(model);
    }

    /** It has turned out. */
    void heardSystemFirstOnly(String model) {
        early.add(model);
    }

    /** Who needs it. */
    Shared shared() {
        return shared;
    }

    Known known() {
        return view.get().known();
    }

    /** Learns what a probe saw; returns what was known before. */
    Known learn(UnaryOperator<Known> change) {
        return view.getAndUpdate(before -> viewOf(change.apply(before.known()))).known();
    }

    /** Takes what models can do by their names from another table. */
    void use(ModelTable other) {
        table = other;
        view.updateAndGet(now -> viewOf(now.known()));
    }

    /** Whether it may offer more than is known, because nobody has come to read its list yet. */
    boolean unread() {
        Known now = known();
        boolean unseen = now.probed().isEmpty()
                || switch (now.state()) {
                    case DOWN, LOADING, BUSY -> true;
                    case READY, UNKNOWN -> false;
                };
        return now.models().isEmpty() && unseen && !settings.anyModel();
    }

    /** The model that a name means, with all that is known of it; empty if it may not be asked for. */
    Optional<ModelInfo> find(String asked) {
        return offered(asked).or(() -> settings.anyModel() ? Optional.of(unheardOf(asked)) : Optional.empty());
    }

    /** A model of which nobody says anything. */
    private ModelInfo unheardOf(String name) {
        ModelInfo named = ModelInfo.named(name);
        return described(named, named);
    }

    /** The model that a name means, if it is listed or configured, as far as is known. */
    Optional<ModelInfo> offered(String asked) {
        ModelInfo exact = models().get(asked);
        return exact != null
                ? Optional.of(exact)
                : models().values().stream()
                        .filter(model -> means(asked, model.name()))
                        .findFirst()
                        .or(() -> Tag.off(asked).flatMap(this::offered));
    }

    /** Whether a name means a model of it that it lists under another name, or the same. */
    boolean means(String asked, String listed) {
        return PluginDefect.guarded(words, () -> backend.means(asked, listed));
    }

    /** Everything it offers by name: what configuration says first, then what it lists, then what names tell. */
    Map<String, ModelInfo> models() {
        return view.get().models();
    }

    private View viewOf(Known known) {
        return new View(known, offered(known.models().orElse(List.of())));
    }

    private Map<String, ModelInfo> offered(List<ModelInfo> listed) {
        Map<String, ModelInfo> told = new LinkedHashMap<>();
        listed.forEach(model -> told.merge(model.name(), model, ModelInfo::orElse));
        Map<String, ModelInfo> all = said(told.keySet());
        told.keySet().forEach(name -> all.putIfAbsent(name, ModelInfo.named(name)));
        all.replaceAll((name, said) -> described(said, told.getOrDefault(name, said)));
        return all;
    }

    /** What is said of its models, by the names that it lists them under; of two that mean one model the first counts. */
    private Map<String, ModelInfo> said(Set<String> listed) {
        Map<String, ModelInfo> all = new LinkedHashMap<>();
        for (ModelInfo said : settings.models().values()) {
            String name = listedAs(said.name(), listed);
            all.merge(name, ModelInfo.named(name).orElse(said), ModelInfo::orElse);
        }
        return all;
    }

    private String listedAs(String said, Set<String> listed) {
        return listed.contains(said)
                ? said
                : listed.stream().filter(one -> means(said, one)).findFirst().orElse(said);
    }

    /** The targets it offers. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        models().keySet().forEach(model -> targets.add(new Target(name(), model)));
        return targets;
    }

    /** Whether it speaks a dialect for that model, as far as is known. */
    boolean speaks(Dialect dialect, ModelInfo model) {
        boolean server = known().dialects().orElse(backend.dialects()).contains(dialect)
                && backend.dialects().contains(dialect);
        return server && (model.dialects().isEmpty() || model.dialects().contains(dialect));
    }

    /** The dialect that a request is said in to that model: its own, or one it is translated to; empty if there is none. */
    Optional<Dialect> spoken(Dialect asked, ModelInfo model) {
        return speaks(asked, model) ? Optional.of(asked) : Translations.into(asked, dialect -> speaks(dialect, model));
    }

    /** How one of its models is: as the model itself says, else as the server is. */
    Candidate.Status status(ModelInfo model) {
        Known now = known();
        boolean decides = now.state() == BackendState.DOWN || model.state() == BackendState.UNKNOWN;
        return new Candidate.Status(decides ? now.state() : model.state(), model, now.load());
    }

    /** What is said of a model beats what is said of all models of the backend, and that what the server says. */
    private ModelInfo described(ModelInfo said, ModelInfo told) {
        ModelInfo all = said;
        for (Map.Entry<Capability, Support> each : settings.capabilities().entrySet()) {
            if (!said.capabilities().containsKey(each.getKey())) {
                all = all.with(each.getKey(), each.getValue());
            }
        }
        return table.complete(all.orElse(told));
    }
}
