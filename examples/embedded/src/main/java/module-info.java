import org.jspecify.annotations.NullMarked;

/** The engine inside somebody else's program. */
@NullMarked
module dev.signalbox.examples.embedded {
    requires dev.signalbox.core;
}
