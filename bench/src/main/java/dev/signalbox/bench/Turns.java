package dev.signalbox.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The turns of several contenders under the same load, taken alternately so that a slow minute meets them all. */
final class Turns {
    private final Map<String, List<Slice>> slices = new LinkedHashMap<>();

    /** Warms every contender up, then takes turns. */
    static Turns take(Bed bed, List<Contender> contenders, ChatRequest request, int connections)
            throws IOException, InterruptedException {
        return take(bed, bed.timing(), contenders, request, connections);
    }

    /** The same with turns as long as that says, and so many. */
    static Turns take(Bed bed, Timing timing, List<Contender> contenders, ChatRequest request, int connections)
            throws IOException, InterruptedException {
        Turns turns = new Turns();
        for (Contender contender : contenders) {
            turns.slices.put(contender.name(), new ArrayList<>());
            WarmUp.of(bed, contender, request, connections, timing);
        }
        for (int round = 1; round <= timing.rounds(); round++) {
            for (Contender contender : contenders) {
                Slice slice = Slice.take(bed, contender, request, connections, timing.slice());
                turns.of(contender).add(slice);
                bed.say("  turn " + round + "   " + contender.name() + ": " + slice.text());
            }
        }
        return turns;
    }

    List<Slice> of(Contender contender) {
        return slices.getOrDefault(contender.name(), List.of());
    }
}
