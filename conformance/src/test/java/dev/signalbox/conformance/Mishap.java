package dev.signalbox.conformance;

import dev.signalbox.testkit.Reply;

/** What may go wrong, each a different thing for a client to raise. */
enum Mishap {
    /** The model server does not like the request. */
    WRONG(400, "The temperature is too high."),
    /** It does not know the client's key. */
    KEY_REFUSED(401, "The key is not known here."),
    /** It knows the key, and does not let its owner do this. */
    FORBIDDEN(403, "The key is for other models."),
    /** Nobody knows the model. */
    UNKNOWN(404, "nobody"),
    /** The request is larger than the model server takes. */
    TOO_LARGE(413, "The request is too large."),
    /** The caller has used up what is his own. */
    SPENT(429, Station.SHARE),
    /** The model server fails. */
    FAILED(500, "The engine stumbled."),
    /** It has too much to do. */
    OVERLOADED(503, "Overloaded, come back later."),
    /** It does not answer in time; whoever notices first has his own words for that. */
    TOO_SLOW(504, "");

    private final int status;
    private final String words;

    Mishap(int status, String words) {
        this.status = status;
        this.words = words;
    }

    /** The status that clients should see. */
    int status() {
        return status;
    }

    /** What the error says. */
    String words() {
        return words;
    }

    /** Has it befall a target, one of {@link Runtimes.Able#ONE_TONGUE}. Returns the name by which the model is then asked. */
    String befalls(Station station, String target) {
        String backend = target.substring(0, target.indexOf('/'));
        return switch (this) {
            case WRONG, TOO_LARGE, FAILED, OVERLOADED -> {
                station.at(target).refuses(status, words);
                yield target;
            }
            case KEY_REFUSED, FORBIDDEN -> {
                station.at(target).refuses(status, words);
                yield target.replaceFirst(backend, backend + "-theirs");
            }
            case UNKNOWN -> backend + "/nobody";
            case SPENT -> Station.SPENT;
            case TOO_SLOW -> {
                station.at(target).sends(good -> Reply.stall());
                yield backend + "-brief";
            }
        };
    }
}
