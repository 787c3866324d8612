package dev.signalbox.guard.memory;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.Optional;

/** How much memory a machine has for models. Closed. */
sealed interface Capacity {

    /** As it was written down. */
    record Written(long bytes) implements Capacity {}

    /** As it is measured, which only the machine can be that the router runs on. */
    record Auto() implements Capacity {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** Reads {@code auto} or a size. */
    static Capacity read(String text) {
        if (text.equals("auto")) {
            return new Auto();
        }
        Option<Long> size = Option.size("memory", 1, 1L << 50);
        Where where = Where.code("memory");
        Optional<Long> bytes = size.read(new ConfigNode.Text(where, text, text), new Problems());
        return new Written(bytes.orElseThrow(() -> new IllegalArgumentException("write `auto`, or " + size.type())));
    }
}
