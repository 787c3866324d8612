package dev.signalbox.backend.http.transport;

class SocketTransportTest extends HttpTransportContract {

    @Override
    HttpTransport transport(TransportOptions options) {
        return new SocketTransport(options);
    }
}
