package dev.signalbox.backend.mlx;

import static dev.signalbox.api.Support.NO;
import static dev.signalbox.api.Support.YES;
import static java.util.Map.entry;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.backend.http.MessageEdits;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One of the servers built on MLX, and what is known of it. */
enum Flavor {

    /** mlx_lm.server: text only, and nothing holds an answer to a form. It answers other questions whatever it does. */
    LM("mlx_lm.server", false),

    /** mlx-vlm: what it can do depends on the model. It answers nothing while it loads one. */
    VLM("mlx-vlm", true),

    /** mlx-omni-server: of the parts of a message it takes text only. It does one thing at a time. */
    OMNI("mlx-omni-server", true);

    /** The word for not knowing which it is. */
    static final String AUTO = "auto";

    private static final Set<Dialect> OF_LM = Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS);
    private static final Set<Dialect> OF_VLM = Set.of(
            Dialect.OPENAI_CHAT,
            Dialect.OPENAI_EMBEDDINGS,
            Dialect.OPENAI_RESPONSES,
            Dialect.OPENAI_RERANK,
            Dialect.ANTHROPIC_MESSAGES);
    private static final Set<Dialect> OF_OMNI = Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_EMBEDDINGS);

    private static final Map<Capability, Support> WITH_LM = Map.ofEntries(
            entry(Capability.STREAMING, YES),
            entry(Capability.COMPLETIONS, YES),
            entry(Capability.LOGPROBS, YES),
            entry(Capability.EMBEDDINGS, NO),
            entry(Capability.RERANK, NO),
            entry(Capability.VISION, NO),
            entry(Capability.AUDIO, NO),
            entry(Capability.TOOL_CHOICE, NO),
            entry(Capability.JSON, NO),
            entry(Capability.JSON_SCHEMA, NO));
    private static final Map<Capability, Support> WITH_VLM =
            Map.of(Capability.STREAMING, YES, Capability.COMPLETIONS, NO);
    private static final Map<Capability, Support> WITH_OMNI = Map.of(
            Capability.STREAMING, YES,
            Capability.COMPLETIONS, NO,
            Capability.RERANK, NO,
            Capability.VISION, NO,
            Capability.AUDIO, NO);

    private final String product;
    private final boolean standsStill;

    Flavor(String product, boolean standsStill) {
        this.product = product;
        this.standsStill = standsStill;
    }

    /** The words in configuration. */
    static List<String> words() {
        return Stream.concat(Stream.of(AUTO), Arrays.stream(values()).map(Flavor::word))
                .toList();
    }

    /** The one of that word; empty for {@code auto}. */
    static Optional<Flavor> of(String word) {
        return Arrays.stream(values())
                .filter(flavor -> flavor.word().equals(word))
                .findFirst();
    }

    /** The changes that any of them needs. */
    static List<Edit> shared(RequestView request) {
        List<Edit> edits = new ArrayList<>(Edits.withoutNulls(request));
        if (request.dialect().equals(Dialect.OPENAI_CHAT)) {
            edits.addAll(MessageEdits.of(request).developerAsSystem());
        }
        return edits;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The server's own name. */
    String product() {
        return product;
    }

    /** Whether it answers nothing at all while it loads, or even while it generates, whoever made it do that. */
    boolean standsStill() {
        return standsStill;
    }

    Set<Dialect> dialects() {
        return switch (this) {
            case LM -> OF_LM;
            case VLM -> OF_VLM;
            case OMNI -> OF_OMNI;
        };
    }

    /** A model with what the server decides, whatever the model. */
    ModelInfo describe(ModelInfo listed) {
        ModelInfo model = listed;
        for (Map.Entry<Capability, Support> each : capabilities().entrySet()) {
            model = model.with(each.getKey(), each.getValue());
        }
        return model;
    }

    /** The changes that it needs beside the {@linkplain #shared shared} ones. */
    List<Edit> own(RequestView request) {
        return switch (this) {
            case LM -> LmRequests.edits(request);
            case VLM -> VlmRequests.edits(request);
            case OMNI -> OmniRequests.edits(request);
        };
    }

    /** Why it could not answer; empty if it can. */
    Optional<String> refusal(RequestView request) {
        return switch (this) {
            case LM -> LmRequests.refusal(request);
            case VLM -> Optional.empty();
            case OMNI -> OmniRequests.refusal(request);
        };
    }

    private Map<Capability, Support> capabilities() {
        return switch (this) {
            case LM -> WITH_LM;
            case VLM -> WITH_VLM;
            case OMNI -> WITH_OMNI;
        };
    }
}
