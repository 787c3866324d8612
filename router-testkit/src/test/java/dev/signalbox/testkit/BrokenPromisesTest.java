package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.spi.Backend;
import dev.signalbox.testkit.PlainBackend.Defect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backend that breaks a promise fails the test that is about it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokenPromisesTest {

    @ParameterizedTest
    @CsvSource({
        "SENDS_CHUNKS, sends_the_body_as_it_is_and_says_its_length",
        "LEAKS_HEADERS, keeps_what_the_client_sent_for_the_router_to_itself",
        "IGNORES_CLOSE, ends_the_generation_when_the_reply_is_closed",
        "IGNORES_CANCELLATION, cancelling_the_call_frees_whoever_reads_its_reply",
        "IGNORES_CANCELLATION, cancelling_the_call_ends_the_wait_for_the_head",
        "IGNORES_TRUNCATION, a_body_that_ends_too_early_is_a_failure_of_reading",
        "SWALLOWS_INTERRUPTS, an_interrupt_ends_the_wait_and_the_generation",
        "ASKS_TWICE, asks_no_second_time_when_a_fresh_connection_ends_without_a_reply",
        "TELLS_ALL, never_tells_its_key",
        "BELIEVES_ANYTHING, a_probe_takes_nobody_for_its_server_who_is_not"
    })
    void a_broken_promise_is_noticed(Defect defect, String promise) {
        assertThatThrownBy(() -> run(promise, defect)).isInstanceOf(AssertionError.class);
        assertThatCode(() -> run(promise)).doesNotThrowAnyException();
    }

    private static void run(String promise, Defect... defects) throws Throwable {
        BackendContract contract = new BackendContract() {
            @Override
            protected Backend backendFor(URI server) {
                return new PlainBackend(server, key(), defects);
            }

            @Override
            protected String key() {
                return "sk-broken-7";
            }
        };
        contract.makeBackend();
        try {
            for (DynamicTest test : dynamicTests(invoke(contract, promise))) {
                test.getExecutable().execute();
            }
        } finally {
            contract.endAll();
        }
    }

    private static List<DynamicTest> dynamicTests(Object result) {
        return result instanceof Stream<?> tests
                ? tests.map(DynamicTest.class::cast).toList()
                : List.of();
    }

    private static Object invoke(BackendContract contract, String promise) throws Throwable {
        Class<?> type = BackendContract.class;
        while (type != Object.class) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(promise)) {
                    try {
                        Object result = method.invoke(contract);
                        return result == null ? List.of() : result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }
            }
            type = type.getSuperclass();
        }
        throw new IllegalArgumentException("There is no promise " + promise);
    }
}
