package dev.signalbox.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Finds a port for a contender and waits until requests reach the mock upstream through it. */
final class Ready {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int ANSWER_MILLIS = 5_000;

    private Ready() {}

    /** Tells a port of the loopback address nobody listens on at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Waits until a chat request is answered with 200.
     *
     * @param alive whether it is worth waiting on
     * @param lastWords what to show of its output if it is not
     * @throws BenchException if that does not happen within a minute
     */
    static void await(
            String name, InetSocketAddress address, String path, BooleanSupplier alive, Supplier<String> lastWords)
            throws InterruptedException {
        byte[] request = new ChatRequest(ChatRequest.MIN_BODY_BYTES, Script.plain(0)).bytes(address, path);
        long until = System.nanoTime() + PATIENCE.toNanos();
        String seen = "nothing";
        while (System.nanoTime() - until < 0 && alive.getAsBoolean()) {
            seen = ask(address, request);
            if (seen.startsWith("HTTP/1.1 200")) {
                return;
            }
            Thread.sleep(PAUSE);
        }
        throw new BenchException("%s does not answer a chat request at port %d: %s%n%s"
                .formatted(name, address.getPort(), seen, lastWords.get()));
    }

    private static String ask(InetSocketAddress address, byte[] request) {
        try (Socket socket = new Socket()) {
            socket.connect(address, ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            String answer = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 200")) {
                answer += new String(in.readNBytes(Math.min(in.available(), 500)), StandardCharsets.ISO_8859_1);
            }
            return answer;
        } catch (IOException e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }
}
