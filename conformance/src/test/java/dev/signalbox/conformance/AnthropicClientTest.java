package dev.signalbox.conformance;

class AnthropicClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox) {
        return new AnthropicLibrary(signalbox);
    }
}
