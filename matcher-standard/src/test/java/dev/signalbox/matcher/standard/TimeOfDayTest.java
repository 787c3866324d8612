package dev.signalbox.matcher.standard;

import static dev.signalbox.matcher.standard.Made.matcher;
import static dev.signalbox.matcher.standard.Made.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Matcher;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestRequest;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TimeOfDayTest {

    private final TestContext context = TestContext.named("time-of-day");

    @ParameterizedTest
    @CsvSource({
        "22:00-06:00, 21:59, false",
        "22:00-06:00, 22:00, true",
        "22:00-06:00, 00:00, true",
        "22:00-06:00, 05:59, true",
        "22:00-06:00, 06:00, false",
        "09:00-17:30, 09:00, true",
        "09:00-17:30, 17:29, true",
        "09:00-17:30, 17:30, false",
        "20:00-24:00, 23:59, true",
        "00:00-24:00, 12:00, true",
        "20:00-24:00, 00:00, false"
    })
    void the_first_minute_is_in_and_the_last_one_is_not(String span, String now, boolean holds) {
        Matcher matcher = matcher("time-of-day", Map.of("between", span, "zone", "UTC"), context);
        turnTo(LocalTime.parse(now));

        assertThat(matcher.matches(TestRequest.saying("x"))).isEqualTo(holds);
        assertThat(matcher.seen(TestRequest.saying("x"))).isEqualTo(now + " UTC");
    }

    @Test
    void the_zone_decides_what_the_clock_shows() {
        turnTo(LocalTime.of(12, 0));

        assertThat(matcher("time-of-day", Map.of("between", "21:00-21:01", "zone", "Asia/Tokyo"), context)
                        .matches(TestRequest.saying("x")))
                .isTrue();
    }

    @Test
    void one_of_several_spans_is_enough_and_the_clock_goes_on() {
        Matcher matcher = matcher(
                "time-of-day", Map.of("between", List.of("06:00-07:00", "12:00-13:00"), "zone", "UTC"), context);
        turnTo(LocalTime.of(12, 59));

        assertThat(matcher.matches(TestRequest.saying("x"))).isTrue();
        context.hands().advance(Duration.ofMinutes(1));
        assertThat(matcher.matches(TestRequest.saying("x"))).isFalse();
    }

    @Test
    void a_span_may_stand_alone() {
        assertThat(matcher("time-of-day", "00:00-24:00", context).matches(TestRequest.saying("x")))
                .isTrue();
    }

    @Test
    void what_is_no_time_is_refused() {
        assertThat(problem("time-of-day", "22-6")).contains("\"22\" is no time from 00:00 to 24:00");
        assertThat(problem("time-of-day", "22:00")).contains("it needs two times");
        assertThat(problem("time-of-day", "10:00-10:00")).contains("all day is 00:00-24:00");
        assertThat(problem("time-of-day", "10:00-24:01")).contains("\"24:01\" is no time");
        assertThat(problem("time-of-day", "10:60-11:00")).contains("\"10:60\" is no time");
        assertThat(problem("time-of-day", Map.of("between", "10:00-11:00", "zone", "Europe/Berlinn")))
                .contains("Did you mean \"Europe/Berlin\"");
    }

    private void turnTo(LocalTime time) {
        LocalTime now = context.clock().instant().atZone(ZoneOffset.UTC).toLocalTime();
        Duration ahead = Duration.between(now, time);
        context.hands().advance(ahead.isNegative() ? ahead.plusDays(1) : ahead);
    }
}
