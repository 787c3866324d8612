import dev.signalbox.selector.standard.LeastBusyFactory;
import dev.signalbox.selector.standard.RoundRobinFactory;
import dev.signalbox.selector.standard.StickyFactory;
import dev.signalbox.selector.standard.WarmFirstFactory;
import dev.signalbox.selector.standard.WeightedFactory;
import dev.signalbox.spi.SelectorFactory;
import org.jspecify.annotations.NullMarked;

/** Selectors that order the targets of a pool: in turn, by weight, least busy, warm first, sticky. */
@NullMarked
module dev.signalbox.selector.standard {
    requires transitive dev.signalbox.api;

    exports dev.signalbox.selector.standard;

    provides SelectorFactory with
            LeastBusyFactory,
            RoundRobinFactory,
            StickyFactory,
            WarmFirstFactory,
            WeightedFactory;
}
