package dev.signalbox.conformance;

class OpenAiChatClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox) {
        return new OpenAiChatLibrary(OpenAi.trying(signalbox));
    }
}
