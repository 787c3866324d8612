package dev.signalbox.core.dialect;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of nested members that tell something of a request by being there. */
final class Marks {

    /** There may be images or sounds; what is said is worth a closer look. */
    static final Set<String> SENSES = Set.of("image_url", "images", "source", "file_id", "input_audio", "audio");

    /** The client says what of the prompt is to be kept for its next request. */
    static final Set<String> CACHE = Set.of("cache_control");

    /** There may be what only its maker can read. */
    static final Set<String> SEALS = Set.of("signature", "encrypted_content", "data");

    /** All of them. */
    static final Set<String> SAID =
            Stream.of(SENSES, CACHE, SEALS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private Marks() {}
}
