package dev.signalbox.conformance;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/**
 * A client library, unmodified and as its own documentation has it made: told an address, a key and nothing else, unless that it
 * does not try again. What it wants and gives is put into words that all of them share.
 */
interface Library extends AutoCloseable {

    /** Has a question answered as a whole. */
    Told whole(Question question) throws Exception;

    /** Has it answered as a stream, read to its end. */
    Told streamed(Question question) throws Exception;

    /** Those of the calls in a stream that it gives out. */
    default List<Told.Call> keptOfStream(List<Told.Call> calls) {
        return calls;
    }

    /** Asks, offering the tools, runs those that are called and tells what they said; returns the answer to that. */
    Told conversing(Question question, Function<Told.Call, String> tools) throws Exception;

    /** The same, with both answers streamed. */
    Told conversingInStreams(Question question, Function<Told.Call, String> tools) throws Exception;

    /** Asks for a stream, and leaves after the first piece of it. */
    void leaving(Question question) throws Exception;

    /** The vectors of some texts. */
    default List<float[]> vectors(String model, List<String> texts) throws Exception {
        return Assumptions.abort("this library makes no vectors");
    }

    /** The tokens of a question. */
    default long tokens(Question question) throws Exception {
        return Assumptions.abort("this library has nothing counted");
    }

    /** The names of all models. */
    default List<String> models() throws Exception {
        return Assumptions.abort("this library lists no models");
    }

    /** How it calls an error that it raises. */
    String raises(Mishap mishap);

    /** How it calls the error that it raises when a stream breaks off. */
    String raisesBroken();

    /** How often it asks what no other try would mend, when it tries again as it does by itself. */
    default int calls(Mishap mishap) {
        return 1;
    }

    /** How it calls what it has raised. */
    default String nameOf(Throwable raised) {
        return raised.getClass().getSimpleName();
    }

    /** What it says of it. */
    default String wordsOf(Mishap mishap) {
        return mishap.words();
    }

    /** The status that goes with it; empty if the library keeps that to itself. */
    OptionalInt status(Throwable raised);

    /** The status that should go with it. */
    default int statusOf(Mishap mishap) {
        return mishap.status();
    }

    @Override
    void close();
}
