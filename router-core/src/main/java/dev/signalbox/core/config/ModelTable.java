package dev.signalbox.core.config;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What models can do by their names alone: the last to be asked, after configuration and server. Immutable. */
public final class ModelTable {

    /** The one that comes with the router. */
    public static final ModelTable BUNDLED = bundled("models.txt");

    private final List<Line> lines;

    private record Line(Glob name, Map<Capability, Support> capabilities) {}

    private ModelTable(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** The lines of a file, which win, before those that come with the router. */
    public static ModelTable read(Path file, Problems problems) {
        List<Line> all = new ArrayList<>(ConfigText.read(file, problems)
                .map(text -> lines(text, file.toString(), problems))
                .orElse(List.of()));
        all.addAll(BUNDLED.lines);
        return new ModelTable(all);
    }

    /** The model with everything its name tells and nothing else has told. */
    public ModelInfo complete(ModelInfo model) {
        for (Line line : lines) {
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

    private static ModelTable bundled(String resource) {
        try (InputStream in = Objects.requireNonNull(ModelTable.class.getResourceAsStream(resource))) {
            Problems problems = new Problems();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            ModelTable table = new ModelTable(lines(text, resource, problems));
            problems.throwIfAny();
            return table;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Line> lines(String text, String file, Problems problems) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line(line.strip().split("\\s+", -1), file, number, problems));
            }
        }
        return lines;
    }

    private static Line line(String[] words, String file, int number, Problems problems) {
        Map<Capability, Support> capabilities = new EnumMap<>(Capability.class);
        for (int i = 1; i < words.length; i++) {
            boolean not = words[i].startsWith("-");
            String name = not ? words[i].substring(1) : words[i];
            Optional<Capability> capability = Capability.of(name);
            capability.ifPresent(known -> capabilities.put(known, not ? Support.NO : Support.YES));
            if (capability.isEmpty()) {
                problems.unknown(
                        new Where(file, number, words[0]),
                        "a capability",
                        name,
                        Arrays.stream(Capability.values()).map(Capability::id).toList());
            }
        }
        return new Line(new Glob(words[0]), capabilities);
    }
}
