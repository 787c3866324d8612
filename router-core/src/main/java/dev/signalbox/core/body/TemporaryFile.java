package dev.signalbox.core.body;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file that goes with whoever has it open. It loses its name as soon as it is open, so that nothing stays behind even if
 * the process is killed, and nobody else ever opens it; systems that keep the names of open files delete it at the end.
 *
 * <p>Any thread may use it. Being interrupted does not close it, as it would close a channel: the next attempt reads it too.
 */
final class TemporaryFile implements Closeable {

    private final Path path;
    private final boolean named;
    private final RandomAccessFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private int holders = 1; // guarded by lock

    private TemporaryFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
        this.named = !deleted(path);
    }

    /** A new and empty one, which only this user may read. The folder is made if it is not there. */
    static TemporaryFile in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path path = Files.createTempFile(folder, "signalbox-", ".body", ownerOnly(folder));
        try {
            return new TemporaryFile(path, new RandomAccessFile(path.toFile(), "rw"));
        } catch (IOException failure) {
            Files.deleteIfExists(path);
            throw failure;
        }
    }

    void append(byte[] bytes, int count) throws IOException {
        lock.lock();
        try {
            file.seek(file.length());
            file.write(bytes, 0, count);
        } finally {
            lock.unlock();
        }
    }

    /** As many bytes as there are from there on, at most {@code length}; negative at the end. */
    int read(long at, byte[] bytes, int from, int length) throws IOException {
        lock.lock();
        try {
            file.seek(at);
            return file.read(bytes, from, length);
        } finally {
            lock.unlock();
        }
    }

    /** Holds it for one more, who closes it too. */
    void hold() throws IOException {
        lock.lock();
        try {
            if (holders == 0) {
                throw new IOException("The body was closed");
            }
            holders++;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up one hold; the last one ends the file. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            holders--;
            if (holders == 0) {
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() throws IOException {
        file.close();
        if (named) {
            Files.deleteIfExists(path);
        }
    }

    private static boolean deleted(Path path) {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException open) {
            return false;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
