package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RehearseCommandTest {

    /** As where no plugin answers without a model server: the start is worth rehearsing all the same. */
    @ParameterizedTest
    @ValueSource(ints = {200, 404, 503})
    void goes_on_whatever_it_is_answered(int status) throws Exception {
        try (ScriptedServer server = ScriptedServer.start().otherwise(request -> Reply.json(status, "{}"))) {
            RehearseCommand.ask(server.uri(), List.of("auto", ""));

            assertThat(server.requests())
                    .hasSize(21)
                    .last()
                    .satisfies(request -> assertThat(request.path()).isEqualTo("/v1/models"));
        }
    }
}
