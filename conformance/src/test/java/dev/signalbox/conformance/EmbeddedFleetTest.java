package dev.signalbox.conformance;

import dev.signalbox.api.TargetReport;
import dev.signalbox.core.Bodies;
import dev.signalbox.core.Router;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Inside the program that asks, which is the one of {@code examples/embedded}. */
class EmbeddedFleetTest extends FleetContract {

    @TempDir
    private Path folder;

    @Override
    Harbour open(Fleet fleet) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), fleet.configuration());
        Router router = Router.from(file);
        return new Inside(router, new EmbeddedWay(router, Bodies.create()));
    }

    private record Inside(Router router, EmbeddedWay way) implements Harbour {

        @Override
        public List<TargetReport> targets() {
            return router.targets();
        }

        @Override
        public void close() {
            router.close();
        }
    }
}
