package dev.signalbox.conformance;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

class NodeOllamaClientTest extends NodeClientContract {

    @Override
    String script() {
        return "ollama.mjs";
    }

    /** One for everything. */
    @Override
    Map<Mishap, String> names() {
        return Arrays.stream(Mishap.values()).collect(Collectors.toMap(each -> each, each -> "ResponseError"));
    }
}
