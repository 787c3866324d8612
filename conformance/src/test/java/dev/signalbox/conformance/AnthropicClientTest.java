package dev.signalbox.conformance;

class AnthropicClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox, boolean eager) {
        return new AnthropicLibrary(Anthropic.trying(signalbox, eager));
    }
}
