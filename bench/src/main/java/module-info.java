import org.jspecify.annotations.NullMarked;

/** Measures what a router costs next to a plain reverse proxy, behind one load generator and before one mock upstream. */
@NullMarked
module dev.signalbox.bench {
    requires java.management;
    requires static org.jspecify;
}
