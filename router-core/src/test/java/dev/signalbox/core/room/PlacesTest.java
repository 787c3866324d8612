package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.InstantSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlacesTest {

    private final WaitingRoom room = new WaitingRoom(InstantSource.system(), System::nanoTime);
    private final Gate gate = new Gate("one", 1, 1);

    @Test
    void stay_taken_when_whoever_took_them_has_gone() throws Exception {
        Entry entry = room.enter(Guest.to("m", gate));
        try (Places places = entry.outlive()) {
            entry.close();
            assertThat(gate.taken()).isEqualTo(1);
            places.close();
            await().until(() -> gate.taken() == 0);
        }
        assertThat(gate.taken()).isZero();
    }

    @Test
    void are_given_back_once() throws Exception {
        Entry entry = room.enter(Guest.to("m", gate));
        entry.close();
        entry.outlive().close();
        assertThat(gate.taken()).isZero();
    }
}
