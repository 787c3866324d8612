/** Values and plugin contracts: all a plugin needs. */
@org.jspecify.annotations.NullMarked
module dev.signalbox.api {
    requires static transitive org.jspecify;

    exports dev.signalbox.api;
    exports dev.signalbox.api.frame;
    exports dev.signalbox.spi;
}
