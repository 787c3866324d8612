package dev.signalbox.core.body;

import dev.signalbox.api.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Takes the bodies of requests in: small ones into memory as long as all of them together leave room, the others into
 * temporary files that nobody else can open and that do not outlive the process. One spool serves a whole router; any thread may use it.
 */
public final class Spool {

    /** How much of one request is held in memory unless told otherwise: 1 MiB. */
    public static final long IN_MEMORY = 1024 * 1024;

    private static final int FIRST_GUESS = 16 * 1024;
    private static final int PIECE = 64 * 1024;

    private final Path folder;
    private final long inMemory;
    private final Budget budget;

    /**
     * Makes a spool; opens nothing.
     *
     * @param folder where temporary files go; made when it is needed
     * @param inMemory how many bytes of one body may be in memory, at most {@link Integer#MAX_VALUE} less a few
     * @param allInMemory how many bytes of all bodies together may be in memory
     */
    public Spool(Path folder, long inMemory, long allInMemory) {
        this.folder = folder;
        this.inMemory = Math.clamp(inMemory, 0, Integer.MAX_VALUE - 16);
        this.budget = new Budget(Math.max(0, allInMemory));
    }

    /** A spool with the usual limits: 1 MiB of a body, a quarter of the heap for all of them, the system's folder. */
    public static Spool standard() {
        return of(Runtime.getRuntime().maxMemory() / 4);
    }

    /** One for what requests become in other dialects: the same, but for a sixteenth of the heap. */
    public static Spool translations() {
        return of(Runtime.getRuntime().maxMemory() / 16);
    }

    private static Spool of(long allInMemory) {
        return new Spool(Path.of(System.getProperty("java.io.tmpdir")), IN_MEMORY, allInMemory);
    }

    /**
     * Reads a body to its end; does not close the stream. Whoever gets the body closes it.
     *
     * @param declaredLength the length the client announced; negative if it announced none
     * @param limit how many bytes the body may have
     * @throws TooLarge if it has or announces more
     * @throws IOException if reading fails, the stream ends before the announced length, or a file cannot be written
     */
    public Body spool(InputStream in, long declaredLength, long limit) throws IOException, TooLarge {
        if (declaredLength > limit) {
            throw new TooLarge(limit);
        }
        return declaredLength >= 0 ? announced(in, declaredLength) : unannounced(in, limit);
    }

    /**
     * Takes a body over that was made here, in memory whatever there was left. Whoever gets the body closes it.
     *
     * @throws IOException if a file cannot be written
     */
    public Body hold(Body made) throws IOException {
        try (InputStream in = made.open()) {
            return announced(in, made.size());
        }
    }

    /** How many bytes of bodies are in memory now. */
    public long inMemory() {
        return budget.taken();
    }

    private Body announced(InputStream in, long length) throws IOException {
        if (length > inMemory) {
            return file(new byte[0], in, length, length);
        }
        try (Intake intake = new Intake(budget, length)) {
            boolean room = intake.grow(length);
            if (!room) {
                return file(new byte[0], in, length, length);
            }
            complete(intake.fill(in), length);
            return intake.body();
        }
    }

    private Body unannounced(InputStream in, long limit) throws IOException {
        try (Intake intake = new Intake(budget, Math.min(inMemory, limit))) {
            while (intake.grow(Math.max(FIRST_GUESS, intake.count()))) {
                if (intake.fill(in) < intake.room()) {
                    return intake.body();
                }
            }
            return file(intake.bytes(), in, -1, limit); // what follows may be nothing: then it is a small file
        }
    }

    private Body file(byte[] begun, InputStream in, long length, long limit) throws IOException {
        TemporaryFile file = TemporaryFile.in(folder);
        boolean kept = false;
        try {
            file.append(begun, begun.length);
            long size = begun.length + copy(in, file, limit - begun.length, length >= 0, limit);
            complete(size, length);
            kept = true;
            return new FileBody(file, size);
        } finally {
            if (!kept) {
                FileBody.end(file);
            }
        }
    }

    /** Reads one byte more than there may be only if the length was not announced: the stream may be a connection. */
    private static long copy(InputStream in, TemporaryFile out, long most, boolean announced, long limit)
            throws IOException {
        byte[] piece = new byte[PIECE];
        long size = 0;
        while (size < most || !announced) {
            int count = in.read(piece, 0, (int) Math.min(piece.length, most - size + (announced ? 0 : 1)));
            if (count < 0) {
                break;
            }
            size += count;
            if (size > most) {
                throw new TooLarge(limit);
            }
            out.append(piece, count);
        }
        return size;
    }

    private static void complete(long size, long announced) throws IOException {
        if (size < announced) {
            throw new IOException(
                    "The body ended after %,d of the %,d bytes that were announced".formatted(size, announced));
        }
    }
}
