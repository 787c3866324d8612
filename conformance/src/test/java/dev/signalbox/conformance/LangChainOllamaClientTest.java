package dev.signalbox.conformance;

class LangChainOllamaClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox) {
        return new LangChainOllama(signalbox);
    }
}
