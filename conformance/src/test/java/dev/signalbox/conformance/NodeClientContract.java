package dev.signalbox.conformance;

import java.util.List;

/** What libraries of npm may expect; where there is no Node, all of it is skipped. */
abstract class NodeClientContract extends ClientContract {

    /** The script that uses the library. */
    abstract String script();

    /** What the library calls an error. */
    abstract String raises(Mishap mishap);

    /** What it calls a stream that breaks off. */
    abstract String raisesBroken();

    @Override
    Library library(Signalbox signalbox, boolean eager) throws Exception {
        List<String> arguments = eager ? List.of(signalbox.address()) : List.of(signalbox.address(), "0");
        return new NodeLibrary(Node.start(script(), arguments), this::raises, raisesBroken());
    }
}
