package dev.signalbox.conformance;

class NodeOllamaClientTest extends NodeClientContract {

    @Override
    String script() {
        return "ollama.mjs";
    }

    /** It has one error for everything. */
    @Override
    String raises(Mishap mishap) {
        return "ResponseError";
    }

    @Override
    String raisesBroken() {
        return "Error";
    }
}
