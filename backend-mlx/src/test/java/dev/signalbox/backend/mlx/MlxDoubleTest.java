package dev.signalbox.backend.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.DoubleContract;
import dev.signalbox.testkit.ScriptedMlx;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The three servers; each would fetch a model that it does not have. */
class MlxDoubleTest {

    private abstract static class Any extends DoubleContract {

        private final ScriptedMlx mlx;

        private Any(ScriptedMlx mlx) {
            super(new MlxBackendFactory(), mlx);
            this.mlx = mlx;
        }

        @Override
        protected boolean refusesUnknownModels() {
            return false;
        }

        @Test
        void a_model_that_it_does_not_list_is_not_sent_to_it() {
            Unlisted.assertNobodyIsAskedFor(server);
            assertThat(mlx.downloads()).isEmpty();
        }
    }

    @Nested
    class Lm extends Any {
        Lm() {
            super(ScriptedMlx.lm());
        }
    }

    @Nested
    class Vlm extends Any {
        Vlm() {
            super(ScriptedMlx.vlm());
        }
    }

    @Nested
    class Omni extends Any {
        Omni() {
            super(ScriptedMlx.omni());
        }
    }
}
