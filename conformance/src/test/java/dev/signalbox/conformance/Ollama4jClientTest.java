package dev.signalbox.conformance;

class Ollama4jClientTest extends ClientContract {

    /** It never tries again. */
    @Override
    Library library(Signalbox signalbox, boolean eager) {
        return new Ollama4jLibrary(signalbox);
    }
}
