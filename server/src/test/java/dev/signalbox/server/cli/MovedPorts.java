package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Discovery;
import dev.signalbox.testkit.ScriptedOllama;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A machine on which whatever usually listens on one port listens on another, so that a test can play it. Ports that are
 * not moved are not there: what really runs on the machine of whoever runs the tests stays out of them.
 *
 * @param ports the port that is used instead, by the usual one
 */
record MovedPorts(Map<Integer, Integer> ports) implements UsualPlaces {

    MovedPorts {
        ports = Map.copyOf(ports);
    }

    /** Every usual port of every type of backend is this one. */
    static MovedPorts allTo(int port) {
        return new MovedPorts(Plugins.discovered().all(BackendFactory.class).stream()
                .flatMap(factory -> factory.discoveries().stream())
                .collect(Collectors.toMap(place -> place.probe().getPort(), place -> port, (one, other) -> one)));
    }

    /** Where Ollama usually listens, that one does. */
    static MovedPorts to(ScriptedOllama ollama) {
        return new MovedPorts(Map.of(11434, ollama.uri().getPort()));
    }

    @Override
    public Optional<Discovery> here(Discovery usual) {
        URI probe = usual.probe();
        return Optional.ofNullable(ports.get(probe.getPort()))
                .map(port -> new Discovery(
                        URI.create("http://127.0.0.1:" + port + probe.getPath()),
                        usual.recognises(),
                        moved(usual.settings(), ":" + probe.getPort(), ":" + port)));
    }

    private static Map<String, String> moved(Map<String, String> settings, String from, String to) {
        return settings.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, setting -> setting.getValue().replace(from, to)));
    }
}
