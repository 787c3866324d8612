import org.jspecify.annotations.NullMarked;

/** What backends that speak HTTP share. */
@NullMarked
module dev.signalbox.backend.http {
    requires transitive dev.signalbox.api;
    requires transitive com.fasterxml.jackson.databind;
    requires static io.helidon.webclient.api;

    exports dev.signalbox.backend.http;
    exports dev.signalbox.backend.http.transport;
}
