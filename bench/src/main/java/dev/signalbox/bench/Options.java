package dev.signalbox.bench;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/** What was asked for on the command line. */
record Options(
        boolean help,
        boolean quick,
        boolean write,
        List<String> only,
        Optional<URI> url,
        OptionalLong pid,
        int upstreamPort) {
    static final String USAGE = """
            usage: bench/run [--quick] [--only SCENARIO]... [--write]
                   bench/run --url URL --upstream-port PORT [--pid PID] [--quick] [--only SCENARIO]...

              --quick               short turns, to see whether the bench works; no numbers to publish
              --only SCENARIO       only this scenario; may be given more than once
              --write               also write the table into docs/performance.md
              --url URL             measure the router that runs there, such as http://127.0.0.1:4000/v1, instead of
                                    starting Signalbox; it must send model "bench" to the mock upstream
              --upstream-port PORT  where the mock upstream listens, at 127.0.0.1 (default: any free port)
              --pid PID             the process of that router, to measure its processor time and memory

            scenarios:
            """;

    Options {
        only = List.copyOf(only);
    }

    /** @throws BenchException if an argument is not known or does not go with the others */
    static Options of(String... arguments) {
        boolean help = false;
        boolean quick = false;
        boolean write = false;
        List<String> only = new ArrayList<>();
        Optional<URI> url = Optional.empty();
        OptionalLong pid = OptionalLong.empty();
        int port = 0;
        Queue<String> rest = new ArrayDeque<>(List.of(arguments));
        for (String name = rest.poll(); name != null; name = rest.poll()) {
            switch (name) {
                case "--help", "-h" -> help = true;
                case "--quick" -> quick = true;
                case "--write" -> write = true;
                case "--only" -> only.add(scenario(value(name, rest)));
                case "--url" -> url = Optional.of(router(value(name, rest)));
                case "--pid" -> pid = OptionalLong.of(number(name, value(name, rest), Integer.MAX_VALUE));
                case "--upstream-port" -> port = (int) number(name, value(name, rest), 65_535);
                default -> throw new BenchException("\"" + name + "\" is not an option. See bench/run --help");
            }
        }
        Options options = new Options(help, quick, write, only, url, pid, port);
        options.check();
        return options;
    }

    Timing timing() {
        return quick ? Timing.quick() : Timing.full();
    }

    List<Scenario> scenarios() {
        return Scenario.all().stream()
                .filter(scenario -> only.isEmpty() || only.contains(scenario.name()))
                .toList();
    }

    private void check() {
        if (write && (quick || !only.isEmpty() || url.isPresent())) {
            throw new BenchException("--write is for a whole run of Signalbox: not with --quick, --only or --url");
        }
        if (url.isPresent() && upstreamPort == 0) {
            throw new BenchException("--url needs --upstream-port: the router must know where the mock upstream is");
        }
        if (url.isEmpty() && pid.isPresent()) {
            throw new BenchException("--pid goes with --url");
        }
    }

    private static String value(String name, Queue<String> rest) {
        String value = rest.poll();
        if (value == null) {
            throw new BenchException(name + " needs a value. See bench/run --help");
        }
        return value;
    }

    private static String scenario(String name) {
        List<String> known = Scenario.all().stream().map(Scenario::name).toList();
        if (!known.contains(name)) {
            throw new BenchException("\"" + name + "\" is not a scenario. There are: " + String.join(", ", known));
        }
        return name;
    }

    private static URI router(String text) {
        try {
            URI uri = URI.create(text);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new BenchException("--url \"" + text + "\" is not a URL with a port such as http://127.0.0.1:4000/v1");
    }

    private static long number(String name, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number > 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BenchException(name + " \"" + text + "\" is not a number from 1 to " + most);
    }
}
