package dev.signalbox.server.cli;

import dev.signalbox.spi.Discovery;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Says of each place where a server usually listens whether it may be asked, and where that is here. */
@FunctionalInterface
interface UsualPlaces {

    /** Those on this machine, where they are: a place elsewhere is none of ours to ask unasked. */
    UsualPlaces OF_THIS_MACHINE = place -> Optional.of(place).filter(UsualPlaces::onThisMachine);

    /** The place as it is here; empty if it is not to be asked. */
    Optional<Discovery> here(Discovery usual);

    private static boolean onThisMachine(Discovery place) {
        String host = place.probe().getHost();
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
