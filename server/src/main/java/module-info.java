import org.jspecify.annotations.NullMarked;

/** The router as a server: ingress, administration, command line. */
@NullMarked
module dev.signalbox.server {
    requires dev.signalbox.core;
    requires info.picocli;
    requires io.helidon.webserver;
    requires org.slf4j;
}
