package dev.signalbox.core.json;

import dev.signalbox.api.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Another body's bytes with some ranges exchanged. Copies nothing; closing it closes the other one. */
final class SplicedBody implements Body {

    private final Body original;
    private final List<Patch> patches;
    private final long size;

    /** Patches in order, none overlapping another. */
    SplicedBody(Body original, List<Patch> patches) {
        this.original = original;
        this.patches = List.copyOf(patches);
        this.size = original.size() + growth(patches);
    }

    private static long growth(List<Patch> patches) {
        long growth = 0;
        for (Patch patch : patches) {
            growth += patch.growth();
        }
        return growth;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return new SpliceInput(original.open(), patches);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        original.writeTo(new SpliceOutput(out, patches));
    }

    @Override
    public void close() {
        original.close();
    }
}
