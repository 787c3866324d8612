package dev.signalbox.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** One connection of the load generator. Only its loop's thread touches it. */
final class LoadConnection implements EventLoop.Owner, HttpReader.Sink {
    private final Load load;
    private final Tally tally;
    private final Wire wire;
    private final ChatRequest.Copy request;
    private final ReplyCheck check;
    private final HttpReader reader = HttpReader.ofReplies(this);
    private long sent;
    private boolean closed;

    private LoadConnection(Load load, Tally tally, Wire wire) {
        this.load = load;
        this.tally = tally;
        this.wire = wire;
        request = load.copy();
        Client client = Client.at(load.contender().path());
        check = new ReplyCheck(load.request().script(), client, planned -> tally.chunk(System.nanoTime() - planned));
    }

    /** Connects and begins; a connection that cannot be made counts as a failure. */
    static void open(Load load, EventLoop loop, Tally tally) {
        try {
            Wire wire = Wire.open(loop, SocketChannel.open(load.contender().address()));
            LoadConnection connection = new LoadConnection(load, tally, wire);
            wire.belongsTo(connection);
            connection.begin();
        } catch (IOException e) {
            tally.failed("cannot connect: " + e.getMessage());
            load.ended();
        }
    }

    @Override
    public void ready() throws IOException {
        if (!wire.serve(reader)) {
            reader.closed();
            broken(new IOException("the connection was closed"));
        }
    }

    @Override
    public void broken(IOException why) {
        if (!closed) {
            fail(why.getMessage() + " after " + check.arrived() + " marks");
        }
    }

    @Override
    public void head(String startLine) {
        check.head(startLine);
    }

    @Override
    public void body(ByteBuffer part) {
        check.body(part);
    }

    @Override
    public void end() {
        if (closed) {
            return;
        }
        long took = System.nanoTime() - sent;
        Optional<String> problem = check.problem();
        if (problem.isPresent()) {
            fail(problem.get());
            return;
        }
        tally.answered(took);
        if (load.repeating()) {
            begin();
        } else {
            close();
        }
    }

    private void begin() {
        long id = Load.nextId();
        request.number(id);
        check.expect(id);
        sent = System.nanoTime();
        try {
            wire.send(request.first());
            if (request.rest().hasRemaining()) {
                wire.send(request.rest());
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    /** Closes, and has another connection take over where requests are to go on. */
    private void fail(String why) {
        tally.failed(why);
        if (load.repeating()) {
            load.connect(1);
        }
        close();
    }

    private void close() {
        closed = true;
        wire.close();
        load.ended();
    }
}
