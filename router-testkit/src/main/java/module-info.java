import org.jspecify.annotations.NullMarked;

/** Tests that hold a plugin to its contract, and the small real things they run against. */
@NullMarked
module dev.signalbox.testkit {
    requires transitive dev.signalbox.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires jdk.management;

    exports dev.signalbox.testkit;
}
