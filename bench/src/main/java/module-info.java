import org.jspecify.annotations.NullMarked;

/** How much the router costs per request. */
@NullMarked
module dev.signalbox.bench {
    requires dev.signalbox.core;
}
