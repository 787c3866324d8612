package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.RouterEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The default is the first server's, whoever answers first. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FirstModelTest {

    private static final List<String> BOTH = List.of("llamacpp", "ollama");

    @Test
    void a_server_that_answers_first_waits_for_those_before_it() {
        assertThat(FirstModel.sure(List.of(entry("ollama")), List.of(is("ollama")), BOTH))
                .isEmpty();
        assertThat(FirstModel.sure(
                        List.of(entry("llamacpp"), entry("ollama")), List.of(is("ollama"), is("llamacpp")), BOTH))
                .contains("llamacpp/qwen");
    }

    @Test
    void nobody_waits_for_those_behind_it() {
        assertThat(FirstModel.sure(List.of(entry("llamacpp")), List.of(), BOTH)).contains("llamacpp/qwen");
    }

    @Test
    void one_that_has_nothing_to_chat_with_is_passed_over() {
        assertThat(FirstModel.sure(List.of(entry("ollama")), List.of(is("llamacpp")), BOTH))
                .contains("ollama/qwen");
        ModelEntry vectors = new ModelEntry(
                "llamacpp/qwen",
                ModelEntry.Kind.TARGET,
                ModelInfo.named("qwen").with(Capability.CHAT, Support.NO),
                "llamacpp");
        assertThat(FirstModel.sure(List.of(vectors, entry("ollama")), List.of(), BOTH))
                .contains("ollama/qwen");
    }

    private static ModelEntry entry(String backend) {
        return new ModelEntry(backend + "/qwen", ModelEntry.Kind.TARGET, ModelInfo.named("qwen"), backend);
    }

    private static RouterEvent is(String backend) {
        return new RouterEvent.BackendChanged(
                Instant.EPOCH, backend, BackendState.UNKNOWN, BackendState.READY, "it was asked");
    }
}
