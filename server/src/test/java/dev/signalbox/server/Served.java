package dev.signalbox.server;

import dev.signalbox.server.ingress.Ingress;
import dev.signalbox.server.ingress.IngressSettings;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.spi.Routing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A server on a free port for as long as a test needs it, with a client. */
public final class Served implements AutoCloseable {

    private final Listener server;
    private final HttpClient client = HttpClient.newHttpClient();

    private Served(Listener server) {
        this.server = server;
    }

    public static Served of(Routing routing) {
        return new Served(Listener.start(routing, Listening.locally(0)));
    }

    public static Served of(Routing routing, IngressSettings settings) {
        return of(Ingress.of(routing, settings));
    }

    public static Served of(Ingress ingress) {
        return new Served(Listener.start(ingress, Listening.locally(0)));
    }

    public static Served of(Routing routing, Listening listening) {
        return new Served(Listener.start(routing, listening));
    }

    public int port() {
        return server.port();
    }

    public URI uri(String path) {
        return URI.create(server.uri() + path);
    }

    /** The address where nothing but tasks are taken. */
    public URI tasks() {
        return server.tasks().orElseThrow();
    }

    public WireClient connect() throws IOException {
        return WireClient.to(port());
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET().build());
    }

    public HttpResponse<String> post(String path, String json, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers)
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    public HttpResponse<String> method(String method, String path, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    /** What came of an answer whose connection was cut before its end; the body with the marks of its chunks. */
    public record Cut(int status, String body) {}

    /** Posts, and reads a chunked answer until it is cut. */
    public Cut cut(String path, String json) throws IOException {
        try (WireClient wire = connect().post(path, json)) {
            String head = wire.head();
            String body = wire.rest();
            if (body.endsWith("\r\n0\r\n\r\n")) {
                throw new AssertionError("the answer was not cut: " + body);
            }
            return new Cut(Integer.parseInt(head.split(" ", 3)[1]), body);
        }
    }

    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
