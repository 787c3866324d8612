package dev.signalbox.server.ingress;

import java.util.concurrent.ThreadLocalRandom;

/** Ids for answers that no router had a part in. */
final class TraceIds {

    private TraceIds() {}

    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }
}
