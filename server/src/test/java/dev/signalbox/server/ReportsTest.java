package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.server.ingress.Callers;
import dev.signalbox.server.ingress.IngressSettings;
import dev.signalbox.spi.Report;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportsTest {

    private final AtomicInteger trains = new AtomicInteger();

    private final FakeRouting routing = FakeRouting.silent()
            .report(new Report(
                    "yard",
                    "What stands in the yard.",
                    () -> Map.of(
                            "trains",
                            trains.incrementAndGet(),
                            "tracks",
                            List.of(Map.of("name", "north", "free", true)))))
            .report(new Report("alarms", "What rang.", List::of));

    @Test
    void all_reports_are_listed_by_name_with_what_they_show() throws Exception {
        try (Served server = Served.of(routing)) {
            JsonNode list = json(server.get("/signalbox/reports")).path("reports");
            assertThat(list.findValuesAsText("name")).containsExactly("alarms", "yard");
            assertThat(list.findValuesAsText("doc")).containsExactly("What rang.", "What stands in the yard.");
        }
        assertThat(trains).as("nobody is asked for what it is").hasValue(0);
    }

    @Test
    void a_report_is_as_it_is_now() throws Exception {
        try (Served server = Served.of(routing)) {
            JsonNode first = json(server.get("/signalbox/reports/yard"));
            assertThat(first.path("report").textValue()).isEqualTo("yard");
            assertThat(first.at("/content/trains").intValue()).isEqualTo(1);
            assertThat(first.at("/content/tracks/0/name").textValue()).isEqualTo("north");
            assertThat(first.at("/content/tracks/0/free").booleanValue()).isTrue();
            assertThat(json(server.get("/signalbox/reports/yard"))
                            .at("/content/trains")
                            .intValue())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_report_that_is_not_there_is_told_with_those_that_are() throws Exception {
        try (Served server = Served.of(routing)) {
            HttpResponse<String> slip = server.get("/signalbox/reports/yrad");
            assertThat(slip.statusCode()).isEqualTo(404);
            assertThat(json(slip).at("/error/code").textValue()).isEqualTo("report_not_found");
            assertThat(json(slip).at("/error/message").textValue())
                    .isEqualTo("There is no report \"yrad\". Did you mean \"yard\"? Known: alarms, yard.");
            assertThat(json(server.get("/signalbox/reports/wombat"))
                            .at("/error/message")
                            .textValue())
                    .isEqualTo("There is no report \"wombat\". Known: alarms, yard.");
        }
        try (Served server = Served.of(FakeRouting.silent())) {
            assertThat(json(server.get("/signalbox/reports")).path("reports")).isEmpty();
            assertThat(json(server.get("/signalbox/reports/yard"))
                            .at("/error/message")
                            .textValue())
                    .isEqualTo("There is no report \"yard\". None is known.");
        }
    }

    @Test
    void a_report_that_fails_is_an_error_and_shows_nothing_of_its_inside() throws Exception {
        routing.report(new Report("broken", "Breaks.", () -> {
            throw new IllegalStateException("the inside");
        }));
        routing.report(new Report("strange", "Is no tree.", () -> new Object() {
            Duration wheel() {
                return Duration.ZERO;
            }
        }));
        try (Served server = Served.of(routing)) {
            for (String name : List.of("broken", "strange")) {
                HttpResponse<String> answer = server.get("/signalbox/reports/" + name);
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(json(answer).at("/error/message").textValue()).isNotBlank();
                assertThat(answer.body()).doesNotContain("the inside");
            }
            assertThat(server.get("/signalbox/reports/alarms").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void reports_are_for_those_who_operate_the_router() throws Exception {
        Callers callers =
                Callers.NONE.and("alice", "key-of-alice", Set.of("admin")).and("bob", "key-of-bob", Set.of());
        try (Served server = Served.of(routing, IngressSettings.DEFAULT.withCallers(callers))) {
            for (String path : List.of("/signalbox/reports", "/signalbox/reports/yard")) {
                assertThat(server.get(path).statusCode()).isEqualTo(401);
                assertThat(server.get(path, "Authorization", "Bearer key-of-bob")
                                .statusCode())
                        .isEqualTo(403);
                assertThat(server.get(path, "Authorization", "Bearer key-of-alice")
                                .statusCode())
                        .isEqualTo(200);
            }
        }
        assertThat(trains).as("asked for alice alone").hasValue(1);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
