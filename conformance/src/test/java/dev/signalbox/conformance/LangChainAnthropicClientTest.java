package dev.signalbox.conformance;

class LangChainAnthropicClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox, boolean eager) {
        return new LangChainAnthropic(signalbox, eager);
    }
}
