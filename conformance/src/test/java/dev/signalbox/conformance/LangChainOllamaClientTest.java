package dev.signalbox.conformance;

class LangChainOllamaClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox, boolean eager) {
        return new LangChainOllama(signalbox, eager);
    }
}
