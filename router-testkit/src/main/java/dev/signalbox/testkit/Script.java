package dev.signalbox.testkit;

/** Decides what a scripted server answers. Called by many threads at once, and free to block. */
@FunctionalInterface
public interface Script {

    /** The answer to this request. */
    Reply reply(ReceivedRequest request) throws InterruptedException;

    /** Answers in turn; the last one again and again. Meant for one place in a script, as it counts. */
    static Script inTurn(Reply first, Reply... others) {
        return new InTurn(first, others);
    }
}
