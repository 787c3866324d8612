package dev.signalbox.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is known of one model of a backend.
 *
 * @param name as the backend knows it
 * @param contextTokens how many tokens of prompt and answer of a request fit, of this server's setting rather than the model's
 *     training; it may have to be loaded again for that
 * @param capabilities what it can do; what is not listed is unknown
 * @param loaded whether it is in memory; empty if the runtime does not tell
 * @param loadedContext with which context it is in memory; empty if it is not, or the runtime does not tell
 * @param memoryBytes how much memory it takes when loaded; empty if unknown
 * @param diskBytes how large its file is; empty if unknown
 * @param tokenBytes how much memory each token of its context takes; empty if unknown
 * @param state the model's own state where the runtime has one, else {@code UNKNOWN}
 * @param dialects which dialects this model is served in, where that is narrower than the backend's; empty set: as the backend
 */
public record ModelInfo(
        String name,
        OptionalLong contextTokens,
        Map<Capability, Support> capabilities,
        Optional<Boolean> loaded,
        OptionalLong loadedContext,
        OptionalLong memoryBytes,
        OptionalLong diskBytes,
        OptionalLong tokenBytes,
        BackendState state,
        Set<Dialect> dialects) {

    public ModelInfo {
        capabilities = Map.copyOf(capabilities);
        dialects = Set.copyOf(dialects);
    }

    /** A model of which only the name is known. */
    public static ModelInfo named(String name) {
        return new ModelInfo(
                name,
                OptionalLong.empty(),
                Map.of(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                BackendState.UNKNOWN,
                Set.of());
    }

    /** Whether it has that capability. */
    public Support support(Capability capability) {
        return capabilities.getOrDefault(capability, Support.UNKNOWN);
    }

    /** The same model with that context. */
    public ModelInfo withContext(long tokens) {
        return new ModelInfo(
                name,
                OptionalLong.of(tokens),
                capabilities,
                loaded,
                loadedContext,
                memoryBytes,
                diskBytes,
                tokenBytes,
                state,
                dialects);
    }

    /** The same model, known to have or to lack a capability. */
    public ModelInfo with(Capability capability, Support support) {
        Map<Capability, Support> more = new EnumMap<>(Capability.class);
        more.putAll(capabilities);
        more.put(capability, support);
        return new ModelInfo(
                name, contextTokens, more, loaded, loadedContext, memoryBytes, diskBytes, tokenBytes, state, dialects);
    }

    /** The same model, in memory or not. */
    public ModelInfo withLoaded(boolean inMemory) {
        return new ModelInfo(
                name,
                contextTokens,
                capabilities,
                Optional.of(inMemory),
                inMemory ? loadedContext : OptionalLong.empty(),
                memoryBytes,
                diskBytes,
                tokenBytes,
                state,
                dialects);
    }

    /** The same model, in memory with that context. */
    public ModelInfo withLoadedContext(long tokens) {
        return new ModelInfo(
                name,
                contextTokens,
                capabilities,
                Optional.of(true),
                OptionalLong.of(tokens),
                memoryBytes,
                diskBytes,
                tokenBytes,
                state,
                dialects);
    }

    /** The same model, known to take that much memory when loaded. */
    public ModelInfo withMemory(long bytes) {
        return new ModelInfo(
                name,
                contextTokens,
                capabilities,
                loaded,
                loadedContext,
                OptionalLong.of(bytes),
                diskBytes,
                tokenBytes,
                state,
                dialects);
    }

    /** The same model, with a file of that size. */
    public ModelInfo withDisk(long bytes) {
        return new ModelInfo(
                name,
                contextTokens,
                capabilities,
                loaded,
                loadedContext,
                memoryBytes,
                OptionalLong.of(bytes),
                tokenBytes,
                state,
                dialects);
    }

    /** The same model, each token of whose context takes that much memory. */
    public ModelInfo withTokenMemory(long bytes) {
        return new ModelInfo(
                name,
                contextTokens,
                capabilities,
                loaded,
                loadedContext,
                memoryBytes,
                diskBytes,
                OptionalLong.of(bytes),
                state,
                dialects);
    }

    /** The same model in another state. */
    public ModelInfo withState(BackendState other) {
        return new ModelInfo(
                name,
                contextTokens,
                capabilities,
                loaded,
                loadedContext,
                memoryBytes,
                diskBytes,
                tokenBytes,
                other,
                dialects);
    }

    /** The same model, served in these dialects only. */
    public ModelInfo withDialects(Set<Dialect> only) {
        return new ModelInfo(
                name,
                contextTokens,
                capabilities,
                loaded,
                loadedContext,
                memoryBytes,
                diskBytes,
                tokenBytes,
                state,
                only);
    }

    /** This model with everything the other one knows and this one does not. */
    public ModelInfo orElse(ModelInfo other) {
        Map<Capability, Support> all = new EnumMap<>(Capability.class);
        all.putAll(other.capabilities);
        all.putAll(capabilities);
        return new ModelInfo(
                name,
                contextTokens.isPresent() ? contextTokens : other.contextTokens,
                all,
                loaded.or(other::loaded),
                loadedContext.isPresent() ? loadedContext : other.loadedContext,
                memoryBytes.isPresent() ? memoryBytes : other.memoryBytes,
                diskBytes.isPresent() ? diskBytes : other.diskBytes,
                tokenBytes.isPresent() ? tokenBytes : other.tokenBytes,
                state == BackendState.UNKNOWN ? other.state : state,
                dialects.isEmpty() ? other.dialects : dialects);
    }
}
