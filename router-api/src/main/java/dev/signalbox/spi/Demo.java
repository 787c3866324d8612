package dev.signalbox.spi;

import java.util.Map;

/**
 * How a backend answers without any server, for a first run.
 *
 * @param model a model it then offers
 * @param settings values of the factory's options
 */
public record Demo(String model, Map<String, String> settings) {

    public Demo {
        settings = Map.copyOf(settings);
    }
}
