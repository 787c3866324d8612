package dev.signalbox.core.engine;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A contender as one guard or selector sees it: with the settings that are for that plugin. */
record Sight(Contender contender, PluginConfig settings) implements Attempt {

    @Override
    public Target target() {
        return contender.target();
    }

    @Override
    public Status status() {
        return contender.status();
    }

    @Override
    public int inFlight() {
        return contender.engine().traffic().count(contender.target());
    }

    @Override
    public int waiting() {
        return contender.engine().room().waiting(contender.target());
    }

    @Override
    public RequestView request() {
        return contender.journey().request();
    }

    @Override
    public long approximateTokens() {
        return contender.engine().tokenScales().scaled(target(), request().approximateTokens());
    }

    @Override
    public OptionalLong contextWanted() {
        return contender.contextWanted();
    }

    @Override
    public boolean explained() {
        return contender.journey().explains();
    }

    @Override
    public Instant moment() {
        return contender.moment();
    }

    @Override
    public String profile() {
        return contender.journey().profile().name();
    }

    @Override
    public List<Target> chain() {
        List<Target> chain = contender.journey().chain();
        return chain.contains(target()) ? chain : List.of(target());
    }

    @Override
    public String host() {
        return contender.member().host();
    }

    @Override
    public List<HostView> hosts() {
        return Hosts.of(
                contender.journey().plan().members().values(),
                contender.engine().traffic(),
                contender.engine().room()::waiting);
    }

    @Override
    public String traceId() {
        return contender.journey().trace().id();
    }

    @Override
    public Instant arrived() {
        return contender.journey().trace().at();
    }

    @Override
    public Deadline deadline() {
        return contender.journey().deadline();
    }
}
