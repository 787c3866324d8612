package dev.signalbox.backend.mlx;

import dev.signalbox.spi.BackendFactory;
import dev.signalbox.testkit.LiveContract;
import dev.signalbox.testkit.LiveServer;
import dev.signalbox.testkit.StartedServer;
import dev.signalbox.testkit.StartedServer.Recipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Against a server that runs: an mlx_lm.server that is started here, if {@code SIGNALBOX_LIVE_MLX_LM} names a model and the
 * path has the program; else one that runs already, see {@link LiveServer}.
 */
class MlxLiveTest extends LiveContract {

    private static final String MODEL = "SIGNALBOX_LIVE_MLX_LM";

    private static final Recipe MLX_LM_SERVER =
            new Recipe("mlx_lm.server", MODEL, List.of("--model", "MODEL", "--host", "127.0.0.1", "--port", "PORT"));

    private Optional<StartedServer> started = Optional.empty();

    @Override
    protected BackendFactory factory() {
        return new MlxBackendFactory();
    }

    @Override
    protected LiveServer found() {
        Map<String, String> environment = System.getenv();
        started =
                StartedServer.start(factory(), MLX_LM_SERVER, environment, Optional.ofNullable(environment.get(MODEL)));
        return started.map(StartedServer::server).orElseGet(super::found);
    }

    /** It would fetch it. */
    @Override
    protected boolean refusesUnknownModels() {
        return false;
    }

    @Test
    void a_model_that_it_does_not_list_is_not_sent_to_it() {
        Unlisted.assertNobodyIsAskedFor(server);
    }

    @AfterAll
    void endServer() throws InterruptedException {
        if (started.isPresent()) {
            started.get().close();
        }
    }
}
