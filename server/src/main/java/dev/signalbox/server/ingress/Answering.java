package dev.signalbox.server.ingress;

/** Answers one kind of request. Many threads at once. */
@FunctionalInterface
interface Answering {

    /**
     * Answers.
     *
     * @throws Refused if there is nothing but an error to answer
     * @throws InterruptedException if the server is stopping
     */
    void answer(Exchange exchange) throws InterruptedException;
}
