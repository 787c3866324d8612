package dev.signalbox.conformance;

class Ollama4jClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox) {
        return new Ollama4jLibrary(signalbox);
    }
}
