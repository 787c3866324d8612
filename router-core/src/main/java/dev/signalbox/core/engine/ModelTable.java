package dev.signalbox.core.engine;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.Glob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What models can do by their names alone: the last to be asked, after configuration and server. */
final class ModelTable {

    private static final List<Line> LINES = read("models.txt");

    private record Line(Glob name, Map<Capability, Support> capabilities) {}

    private ModelTable() {}

    /** The model with everything its name tells and nothing else has told. */
    static ModelInfo complete(ModelInfo model) {
        for (Line line : LINES) {
            if (line.name().matches(model.name())) {
                return model.orElse(with(line.capabilities()));
            }
        }
        return model;
    }

    private static ModelInfo with(Map<Capability, Support> capabilities) {
        ModelInfo said = ModelInfo.named("");
        for (Map.Entry<Capability, Support> each : capabilities.entrySet()) {
            said = said.with(each.getKey(), each.getValue());
        }
        return said;
    }

    private static List<Line> read(String resource) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ModelTable.class.getResourceAsStream(resource)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ModelTable::line)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Line line(String text) {
        String[] words = text.split(" +", -1);
        Map<Capability, Support> capabilities = new EnumMap<>(Capability.class);
        for (int i = 1; i < words.length; i++) {
            boolean not = words[i].startsWith("-");
            Capability capability =
                    Capability.of(not ? words[i].substring(1) : words[i]).orElseThrow();
            capabilities.put(capability, not ? Support.NO : Support.YES);
        }
        return new Line(new Glob(words[0]), capabilities);
    }
}
