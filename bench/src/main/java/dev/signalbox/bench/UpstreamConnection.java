package dev.signalbox.bench;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One connection to the mock upstream. Only its loop's thread touches it. */
final class UpstreamConnection implements EventLoop.Owner, HttpReader.Sink {
    /** The script stands in the first message; no router puts more than this before it. */
    private static final int LOOKED_THROUGH = 1 << 12;

    private static final Script WITHOUT_SCRIPT = Script.plain(0);

    private final Upstream upstream;
    private final EventLoop loop;
    private final Wire wire;
    private final HttpReader reader = HttpReader.ofRequests(this);
    private final byte[] beginning = new byte[LOOKED_THROUGH];
    private int begun;
    private String requestLine = "";
    private Script script = WITHOUT_SCRIPT;
    private boolean answering;
    private boolean closed;

    private UpstreamConnection(Upstream upstream, EventLoop loop, Wire wire) {
        this.upstream = upstream;
        this.loop = loop;
        this.wire = wire;
    }

    static void open(Upstream upstream, EventLoop loop, SocketChannel channel) {
        try {
            Wire wire = Wire.open(loop, channel);
            wire.belongsTo(new UpstreamConnection(upstream, loop, wire));
        } catch (IOException e) {
            // the client has left before it was served; nothing was asked
        }
    }

    @Override
    public void ready() throws IOException {
        if (!wire.serve(reader)) {
            close();
        }
    }

    @Override
    public void broken(IOException why) {
        close();
    }

    @Override
    public void head(String startLine) {
        requestLine = startLine;
        begun = 0;
    }

    @Override
    public void body(ByteBuffer part) {
        int length = Math.min(part.remaining(), LOOKED_THROUGH - begun);
        part.get(beginning, begun, length);
        begun += length;
    }

    @Override
    public void end() {
        try {
            if (answering) {
                throw new ProtocolException("a second request before the first was answered");
            }
            answer();
        } catch (IOException e) {
            broken(e);
        }
    }

    private void answer() throws IOException {
        if (requestLine.startsWith("POST ")) {
            script = Script.find(beginning, begun).orElse(WITHOUT_SCRIPT);
            answering = true;
            long now = System.nanoTime();
            upstream.arrived(script.id(), now);
            begin(now + script.silent().toNanos());
        } else if (requestLine.contains("/models")) {
            wire.send(Answers.models());
        } else {
            wire.send(Answers.notFound(requestLine));
        }
    }

    private void begin(long planned) throws IOException {
        if (!script.silent().isZero()) {
            later(planned, () -> reply(planned));
        } else {
            reply(planned);
        }
    }

    private void reply(long planned) throws IOException {
        if (!script.streamed()) {
            wire.send(upstream.answers().whole(script, planned));
            answered();
        } else if (script.every().isZero()) {
            wire.send(Answers.burst(script, planned));
            answered();
        } else {
            wire.send(Answers.streamHead());
            chunk(0, planned);
        }
    }

    private void chunk(int place, long planned) throws IOException {
        wire.send(Answers.chunk(script.id(), place, planned));
        if (place + 1 < script.chunks()) {
            long next = planned + script.every().toNanos();
            later(next, () -> chunk(place + 1, next));
        } else {
            wire.send(Answers.streamEnd());
            answered();
        }
    }

    private void answered() {
        answering = false;
        upstream.answered(script.id());
    }

    /** Does it at that moment, unless the connection is gone by then. */
    private void later(long nanos, Step step) {
        loop.at(nanos, () -> {
            if (!closed) {
                try {
                    step.run();
                } catch (IOException e) {
                    broken(e);
                }
            }
        });
    }

    private void close() {
        closed = true;
        wire.close();
        if (answering) {
            answering = false;
            upstream.left(script.id(), System.nanoTime());
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
