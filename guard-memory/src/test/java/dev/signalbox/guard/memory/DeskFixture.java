package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.testkit.ScriptedHost;
import java.util.Map;

/** A machine with 64 bytes of which 4 are kept free, and models some of which fit together. */
abstract class DeskFixture {

    static final Target ARCHITECT = Target.of("box/architect");
    static final Target CODER = Target.of("box/coder");
    static final Target REVIEWER = Target.of("box/reviewer");

    final ScriptedHost host = ScriptedHost.of("desk", 64)
            .server("box")
            .model("box/architect", 52)
            .model("box/coder", 19)
            .model("box/reviewer", 9)
            .model("box/giant", 100);

    Residents residents = new Residents(host, 64, 4);

    Map<String, Object> report() {
        return Reports.of(residents);
    }

    /** What the report says of the machine. */
    Map<String, Object> desk() {
        return Reports.onlyHost(residents);
    }
}
