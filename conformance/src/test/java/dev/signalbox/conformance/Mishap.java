package dev.signalbox.conformance;

import dev.signalbox.conformance.Question.Wish;
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
    /** The request does not fit into the model's context. */
    OVERFLOW(400, "prompt is too long: 208310 tokens > 200000 maximum"),
    /** The model cannot do what is asked for. */
    NOT_CAPABLE(501, "vision"),
    /** The model server does not know our own key, of which the client knows nothing. */
    OUR_KEY_REFUSED(502, "The key is not known here."),
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

    /** Whether a model server is asked before anybody knows. */
    boolean isOfAServer() {
        return this != UNKNOWN && this != NOT_CAPABLE && this != SPENT;
    }

    /** Has it befall a target, one of {@link Runtimes.Able#ONE_TONGUE}. Returns what is then asked. */
    Question befalling(Station station, String target) {
        Question question = Question.to(befalls(station, target));
        return this == NOT_CAPABLE ? question.with(Wish.IMAGE) : question;
    }

    /** Returns the name by which the model is then asked. */
    private String befalls(Station station, String target) {
        String backend = target.substring(0, target.indexOf('/'));
        return switch (this) {
            case WRONG, TOO_LARGE, OVERFLOW, FAILED, OVERLOADED -> {
                station.at(target).refuses(status, words);
                yield target;
            }
            case KEY_REFUSED, FORBIDDEN -> {
                station.at(target).refuses(status, words);
                yield target.replaceFirst(backend, backend + "-theirs");
            }
            case OUR_KEY_REFUSED -> {
                station.at(target).refuses(401, words);
                yield target;
            }
            case NOT_CAPABLE -> target.replaceFirst(backend, backend + "-blind");
            case UNKNOWN -> backend + "/nobody";
            case SPENT -> Station.SPENT;
            case TOO_SLOW -> {
                station.at(target).sends(good -> Reply.stall());
                yield backend + "-brief";
            }
        };
    }
}
