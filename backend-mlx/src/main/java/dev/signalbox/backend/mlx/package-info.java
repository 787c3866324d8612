/** Asks servers built on MLX. */
@NullMarked
package dev.signalbox.backend.mlx;

import org.jspecify.annotations.NullMarked;
