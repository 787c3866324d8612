import org.jspecify.annotations.NullMarked;

/** The router as a server: ingress, administration, command line. */
@NullMarked
module dev.signalbox.server {
    requires static ch.qos.logback.classic;
    requires static ch.qos.logback.core;
    requires com.fasterxml.jackson.databind;
    requires dev.signalbox.core;
    requires info.picocli;
    requires java.management;
    requires java.net.http;
    requires io.helidon.common.task;
    requires io.helidon.logging.common;
    requires io.helidon.service.registry;
    requires transitive dev.signalbox.api;
    requires transitive io.helidon.webserver;
    requires org.slf4j;

    exports dev.signalbox.server;
    exports dev.signalbox.server.ingress;

    opens dev.signalbox.server.cli to
            info.picocli;

    provides ch.qos.logback.classic.spi.Configurator with
            dev.signalbox.server.log.StandardLog;
    provides io.helidon.logging.common.spi.LoggingProvider with
            dev.signalbox.server.cli.HelidonLogging;
}
