package dev.signalbox.conformance;

class OpenAiChatClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox, boolean eager) {
        return new OpenAiChatLibrary(OpenAi.trying(signalbox, eager));
    }
}
