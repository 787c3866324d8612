import org.jspecify.annotations.NullMarked;

/** Asks servers built on MLX: mlx_lm.server, mlx-vlm and mlx-omni-server. */
@NullMarked
module dev.signalbox.backend.mlx {
    requires transitive dev.signalbox.api;
    requires transitive dev.signalbox.backend.http;

    exports dev.signalbox.backend.mlx;

    provides dev.signalbox.spi.BackendFactory with
            dev.signalbox.backend.mlx.MlxBackendFactory;
}
