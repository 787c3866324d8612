package dev.signalbox.core.translate;

/** Reads the requests of one dialect. Stateless. */
public interface ChatReader {

    /**
     * What a request means. Members that are {@code null} are not there.
     *
     * @param request the request
     * @throws Malformed if a member has a value that means nothing; it says which one
     */
    Chat read(Spot request) throws Malformed;
}
