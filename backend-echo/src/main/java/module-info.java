import dev.signalbox.backend.echo.EchoBackendFactory;
import dev.signalbox.spi.BackendFactory;
import org.jspecify.annotations.NullMarked;

/** Answers without any model: first runs, demonstrations, load tests. */
@NullMarked
module dev.signalbox.backend.echo {
    requires transitive dev.signalbox.api;

    exports dev.signalbox.backend.echo;

    provides BackendFactory with
            EchoBackendFactory;
}
