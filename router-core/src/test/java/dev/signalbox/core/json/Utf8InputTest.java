package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class Utf8InputTest {

    /** The bounds of what may begin a character and of what may follow, and what lies just beyond them. */
    private static final int[] FIRST = {
        0x22, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4,
        0xf5, 0xff
    };

    private static final int[] NEXT = {0x22, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64})
    void takes_what_the_JDK_takes_and_nothing_else_however_it_is_cut(int piece) throws IOException {
        for (int first : FIRST) {
            for (int second : NEXT) {
                for (int third : NEXT) {
                    compare(piece, 'a', first, second, third, 'z');
                    compare(piece, 'a', first, second, third, 0x80);
                    compare(piece, 'a', first, second, third, 0xbf, 'z');
                }
            }
        }
    }

    private static void compare(int piece, int... bytes) throws IOException {
        byte[] text = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            text[i] = (byte) bytes[i];
        }
        if (takes(text, piece) != isUtf8(text)) {
            fail("not taken as the JDK takes it: " + Arrays.toString(text));
        }
    }

    private static boolean takes(byte[] text, int piece) throws IOException {
        byte[] buffer = new byte[piece];
        try (InputStream in = new Utf8Input(new ByteArrayInputStream(text))) {
            while (in.read(buffer) >= 0) {
                // until it throws, or the end
            }
            return true;
        } catch (BadJson bad) {
            return false;
        }
    }

    private static boolean isUtf8(byte[] text) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException bad) {
            return false;
        }
    }
}
