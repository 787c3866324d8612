package dev.signalbox.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The reference: nginx as a reverse proxy, with a configuration and a folder of its own. */
final class Nginx {
    /** Distributions put it where only root's PATH leads. */
    private static final List<String> PLACES = List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx");

    private Nginx() {}

    /** Starts it before that upstream and waits until it answers. */
    static Contender start(Upstream upstream) throws IOException, InterruptedException {
        String program = program();
        Folder folder = Folder.create();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ready.freePort());
        Path configuration = folder.path().resolve("nginx.conf");
        Files.writeString(configuration, configuration(address, upstream));
        Child child = Child.start(
                List.of(program, "-p", folder.path() + "/", "-c", configuration.toString(), "-e", "stderr"), folder);
        return Contender.of("nginx", address, child);
    }

    /** Tells the version, such as "1.22.1". */
    static String version() throws IOException {
        Process process =
                new ProcessBuilder(program(), "-v").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.replaceAll("(?s).*nginx/([0-9.]+).*", "$1").strip();
    }

    /** Requests are held in memory: handing them on piece by piece, or by way of a file, took nginx more time. */
    private static String configuration(InetSocketAddress address, Upstream upstream) {
        return """
            daemon off;
            worker_processes auto;
            worker_rlimit_nofile 20000;
            pid nginx.pid;
            error_log stderr warn;
            events { worker_connections 16384; }
            http {
              access_log off;
              client_max_body_size 16m;
              client_body_buffer_size 2m;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              keepalive_timeout 1h;
              keepalive_requests 1000000000;
              upstream mock {
                server 127.0.0.1:%d;
                keepalive 1024;
                keepalive_requests 1000000000;
                keepalive_timeout 1h;
              }
              server {
                listen 127.0.0.1:%d backlog=4096;
                location / {
                  proxy_pass http://mock;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_buffering off;
                  proxy_read_timeout 1h;
                }
              }
            }
            """.formatted(upstream.address().getPort(), address.getPort());
    }

    private static String program() {
        return PLACES.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElseThrow(() -> new BenchException(
                        "nginx, the reference, is in none of %s. Install it, for instance with \"apt-get install nginx-light\"."
                                .formatted(PLACES)));
    }
}
