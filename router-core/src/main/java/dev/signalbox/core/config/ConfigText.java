package dev.signalbox.core.config;

import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The text of a configuration file, or why there is none. */
final class ConfigText {

    /** More than any configuration that people write. */
    static final int LARGEST = 1024 * 1024;

    private ConfigText() {}

    static Optional<String> read(Path file, Problems problems) {
        Where where = new Where(file.toString(), 0, "");
        if (Files.isDirectory(file)) {
            problems.add(
                    where, "is a folder. Name the file in it, such as %s".formatted(file.resolve("signalbox.yaml")));
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return decode(in.readNBytes(LARGEST + 1), where, problems);
        } catch (NoSuchFileException missing) {
            problems.add(where, "there is no such file; looked for %s".formatted(file.toAbsolutePath()));
        } catch (AccessDeniedException denied) {
            problems.add(
                    where,
                    "may not be read by the user \"%s\". Change its owner or mode"
                            .formatted(System.getProperty("user.name")));
        } catch (IOException failure) {
            problems.add(where, "cannot be read: %s".formatted(failure.getMessage()));
        }
        return Optional.empty();
    }

    private static Optional<String> decode(byte[] bytes, Where where, Problems problems) {
        if (bytes.length > LARGEST) {
            problems.add(where, "is larger than 1 MiB. Is it a Signalbox configuration?");
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            problems.add(
                    new Where(where.file(), line, ""),
                    "byte 0x%02X is not UTF-8. Save the file as UTF-8".formatted(in.get(in.position())));
            return Optional.empty();
        }
        return Optional.of(text);
    }
}
