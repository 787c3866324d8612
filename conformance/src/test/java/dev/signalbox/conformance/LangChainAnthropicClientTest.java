package dev.signalbox.conformance;

class LangChainAnthropicClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox) {
        return new LangChainAnthropic(signalbox);
    }
}
