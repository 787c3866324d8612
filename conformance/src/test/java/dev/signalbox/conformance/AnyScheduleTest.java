package dev.signalbox.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of many clients at once for models of which few fit together, through the real waiting room, on a machine whose
 * memory really fills and frees. Who asks for what is made from a number; in which order threads come is not.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnyScheduleTest {

    @TempDir
    private Path folder;

    @Test
    void three_hundred_schedules_through_the_waiting_room() throws Exception {
        play(300);
    }

    @Test
    @Tag("long")
    void ten_thousand_schedules_through_the_waiting_room() throws Exception {
        play(10_000);
    }

    private void play(int many) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), Schedule.CONFIGURATION);
        LongStream.range(0, many).parallel().forEach(seed -> new Schedule(seed, file).play());
    }
}
