package dev.signalbox.core.dialect;

import dev.signalbox.api.Usage;
import dev.signalbox.api.frame.Frame;
import java.util.Optional;

/** Tells a reply of a kind that is never streamed: nothing comes of frames. */
interface WholeRetelling extends Retelling {

    @Override
    default byte[] frame(Frame frame) {
        return new byte[0];
    }

    @Override
    default byte[] end(Optional<Usage> usage) {
        return new byte[0];
    }
}
