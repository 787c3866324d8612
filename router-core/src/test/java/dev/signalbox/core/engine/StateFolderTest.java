package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Where that is kept which has to outlive the process. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StateFolderTest extends EngineFixture {

    @Test
    void it_is_where_others_keep_theirs_unless_somebody_says_where() {
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "/var/lib"), "/home/alice"))
                .isEqualTo(Path.of("/var/lib/signalbox"));
        assertThat(StateFolder.of(Map.of(), "/home/alice")).isEqualTo(Path.of("/home/alice/.local/state/signalbox"));
        FakeGuard guard = guard("counting");
        layout.backend("gpu", "m");
        engine();
        assertThat(guard.context().stateFolder()).isEqualTo(StateFolder.usual());
    }
}
