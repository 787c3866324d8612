package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OptionsTest {

    @Test
    void without_arguments_everything_is_measured_in_full() {
        Options options = Options.of();
        assertThat(options.timing()).isEqualTo(Timing.full());
        assertThat(options.scenarios()).hasSameSizeAs(Scenario.all());
    }

    @Test
    void only_some_scenarios_may_be_asked_for() {
        assertThat(Options.of("--quick", "--only", "cancel", "--only", "cpu-1k").scenarios())
                .extracting(Scenario::name)
                .containsExactly("cpu-1k", "cancel");
    }

    @Test
    void a_running_router_may_be_named() {
        Options options = Options.of("--url", "http://127.0.0.1:4000/v1", "--upstream-port", "9000", "--pid", "17");
        assertThat(options.url()).contains(URI.create("http://127.0.0.1:4000/v1"));
        assertThat(options.upstreamPort()).isEqualTo(9_000);
        assertThat(options.pid()).hasValue(17);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--quik | \"--quik\" is not an option. See bench/run --help",
                "--only | --only needs a value. See bench/run --help",
                "--only cpu | \"cpu\" is not a scenario. There are: cpu-1k, ",
                "--url https://here/v1 --upstream-port 1 | --url \"https://here/v1\" is not a URL with a port",
                "--url http://127.0.0.1:4000/v1 | --url needs --upstream-port",
                "--pid 17 | --pid goes with --url",
                "--upstream-port 70000 | --upstream-port \"70000\" is not a number from 1 to 65535",
                "--write --quick | --write is for a whole run of Signalbox",
            })
    void says_what_is_wrong(String arguments, String message) {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> Options.of(arguments.split(" ")))
                .withMessageStartingWith(message.strip());
    }
}
