package dev.signalbox.backend.echo;

import dev.signalbox.spi.BackendException;

/** How an answer ends. */
sealed interface Ending {

    /** All is said, or so it seems. */
    record Quiet() implements Ending {}

    /** Nothing more comes, and no end either. */
    record Silence() implements Ending {}

    /** Reading fails. */
    record Break(BackendException failure) implements Ending {}
}
