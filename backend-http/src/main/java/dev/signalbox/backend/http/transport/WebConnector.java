package dev.signalbox.backend.http.transport;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.Method;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.spi.DnsResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes connections with Helidon, which knows proxies. Aside, because they cannot be ended while they are made. */
final class WebConnector {

    private static final List<String> PROTOCOLS = List.of("http/1.1");
    private static final Tls NO_TLS = Tls.builder().enabled(false).build();

    private final TransportOptions options;
    private final Optional<Origin> through;
    private final Proxy proxy;
    private final Tls tls;
    private final WebClient client;

    WebConnector(TransportOptions options) {
        this(options, Optional.empty(), Proxy.noProxy());
    }

    WebConnector(TransportOptions options, Origin proxy) {
        this(
                options,
                Optional.of(proxy),
                Proxy.builder().host(proxy.name()).port(proxy.port()).build());
    }

    private WebConnector(TransportOptions options, Optional<Origin> through, Proxy proxy) {
        this.options = options;
        this.through = through;
        this.proxy = proxy;
        this.tls = Tls.builder()
                .sslContext(options.tls().context())
                .endpointIdentificationAlgorithm(
                        options.tls().checksName() ? "HTTPS" : Tls.ENDPOINT_IDENTIFICATION_NONE)
                .build();
        this.client = WebClient.builder()
                .followRedirects(false)
                .sendExpectContinue(false)
                .shareConnectionCache(false)
                .proxy(proxy)
                .tls(tls)
                .socketOptions(SocketOptions.builder()
                        .tcpNoDelay(true)
                        .connectTimeout(options.connectLimit())
                        .readTimeout(options.connectLimit())
                        .build())
                .build();
    }

    /** A request over that connection; its time is kept by its exchange. */
    HttpClientRequest request(Method method, WebConnection connection) {
        return client.method(method)
                .protocolId("http/1.1")
                .connection(connection.connection())
                .readTimeout(Duration.ZERO);
    }

    /** A new connection, ready for a request. */
    WebConnection connect(Origin origin, Exchange exchange) throws IOException {
        exchange.enters(Exchange.Phase.CONNECTING);
        exchange.connectsWithin(options.connectLimit().toNanos());
        ConnectTrouble trouble = new ConnectTrouble();
        for (InetAddress address : addresses(origin, exchange)) {
            Optional<WebConnection> connection = connect(origin, address, exchange, trouble);
            if (connection.isPresent()) {
                exchange.connected();
                return connection.get();
            }
        }
        throw trouble.told();
    }

    private Optional<WebConnection> connect(
            Origin origin, InetAddress address, Exchange exchange, ConnectTrouble trouble) throws IOException {
        try {
            TcpClientConnection made = Aside.run(
                    exchange,
                    () -> open(origin, address),
                    TcpClientConnection::closeResource,
                    failure -> WebTrouble.connecting(failure, origin));
            return Optional.of(new WebConnection(made));
        } catch (Fault told) {
            throw told;
        } catch (IOException failure) {
            if (!exchange.running() || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            trouble.add(new InetSocketAddress(address, origin.port()), failure);
            return Optional.empty();
        }
    }

    private TcpClientConnection open(Origin origin, InetAddress address) {
        DnsResolver known = (host, lookup) -> address;
        ConnectionKey key = ConnectionKey.create(
                origin.secure() ? "https" : "http",
                origin.name(),
                origin.port(),
                origin.secure() ? tls : NO_TLS,
                known,
                DnsAddressLookup.defaultLookup(),
                proxy);
        return TcpClientConnection.create(client, key, PROTOCOLS, kept -> true, closed -> {})
                .connect();
    }

    /** Behind a proxy the name is the proxy's business, so it gets an address that says nothing. */
    private List<InetAddress> addresses(Origin origin, Exchange exchange) throws IOException {
        return through.isPresent()
                ? List.of(InetAddress.getByAddress(origin.name(), new byte[4]))
                : Resolver.resolve(origin, exchange);
    }
}
