package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.core.json.JsonIndex;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** What a shape may look at when it is asked about a request. */
interface Facts {

    /** The top-level members. */
    JsonIndex index();

    /** Whether the client asked for frames. */
    boolean streamed();

    /**
     * The top-level member of that name as a tree; a missing node if it is not there.
     *
     * @throws ReadingRefused if it is an array or object that is too large for a tree
     */
    JsonNode tree(String name);

    /** The JSON text at a pointer. */
    Optional<String> raw(String pointer);

    /** The same as a stream of UTF-8, of which nothing is held. */
    Optional<InputStream> open(String pointer);

    /** What is said. */
    Conversation conversation();

    /** JSON Pointers to the images; does not read the conversation where the first pass saw nothing like one. */
    List<String> images();

    /** JSON Pointers to the audio inputs; likewise. */
    List<String> sounds();
}
