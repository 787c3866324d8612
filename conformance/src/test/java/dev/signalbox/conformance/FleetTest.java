package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.TargetReport;
import dev.signalbox.testkit.ThreadWatch;
import java.net.URI;
import java.util.List;

/** Over HTTP, as clients reach the server. */
class FleetTest extends FleetContract {

    /** Helidon never cancels it, and nobody else can. */
    private static final String ONLY_THE_TIMER = "[^=]*=helidon-idle-connection-timer [^=]*";

    @Override
    Harbour open(Fleet fleet) throws Exception {
        Signalbox signalbox = Signalbox.configured("%s", fleet.configuration());
        return new Served(signalbox, new HttpWay(URI.create(signalbox.baseUrl())));
    }

    @Override
    void assertNoThreadIsLeft(ThreadWatch threads) throws InterruptedException {
        try {
            super.assertNoThreadIsLeft(threads);
        } catch (AssertionError left) {
            assertThat(left).hasMessageMatching(ONLY_THE_TIMER);
        }
    }

    private record Served(Signalbox signalbox, HttpWay way) implements Harbour {

        @Override
        public List<TargetReport> targets() {
            return signalbox.targets();
        }

        @Override
        public void close() {
            way.close();
            signalbox.close();
        }
    }
}
