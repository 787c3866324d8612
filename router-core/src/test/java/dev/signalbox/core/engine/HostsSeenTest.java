package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Limits;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What guards are shown of machines. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostsSeenTest extends EngineFixture {

    @Test
    void every_model_is_told_as_configured_and_as_the_server_tells_it() throws Exception {
        layout.backend("gpu", Layout.host("box"), "m").profile("coding", "gpu/m");
        backends.on("gpu", Chat.says("gpu"))
                .probe(
                        "gpu",
                        deadline -> BackendStatus.ready(List.of(
                                ModelInfo.named("m").withDisk(4_000).withLoaded(true), ModelInfo.named("other"))));
        FakeGuard guard = guard("memory");
        bytes(chat("coding"));
        // the first probe brings the other one
        await().until(() -> guard.context().hosts().getFirst().offers().size() == 2);

        HostView box = guard.context().hosts().getFirst();

        assertThat(box.offers()).extracting(offer -> offer.target().toString()).containsExactly("gpu/m", "gpu/other");
        HostView.Offer first = box.offers().getFirst();
        assertThat(first.model().diskBytes()).hasValue(4_000);
        assertThat(first.reported().loaded()).contains(true);
        assertThat(first.managed()).as("whether the backend loads and unloads").isFalse();
    }

    @Test
    void what_is_said_of_a_model_without_its_tag_is_said_of_the_one_that_is_listed() throws Exception {
        layout.backend("gpu", Layout.models(ModelInfo.named("m").withMemory(9_000), ModelInfo.named("gone")))
                .profile("coding", "gpu/m");
        backends.on("gpu", Chat.says("gpu"))
                .probe(
                        "gpu",
                        deadline -> BackendStatus.ready(List.of(
                                ModelInfo.named("m:latest").withDisk(4_000).withLoaded(true))));
        FakeGuard guard = guard("memory");
        bytes(chat("coding"));
        HostView box = guard.context().hosts().getFirst();
        await().until(() ->
                box.offers().stream().anyMatch(offer -> offer.target().model().equals("m:latest")));

        assertThat(box.offers()).extracting(offer -> offer.target().model()).containsExactly("m:latest", "gone");
        HostView.Offer offer = box.offers().getFirst();
        assertThat(offer.model().memoryBytes()).hasValue(9_000);
        assertThat(offer.model().diskBytes()).hasValue(4_000);
        assertThat(offer.reported().loaded()).contains(true);
        assertThat(engine().model("gpu/m")).map(found -> found.target().name()).contains("m:latest");
    }

    @Test
    void a_backend_that_loads_and_unloads_is_told_outside_of_a_preparation_too() throws Exception {
        layout.backend("gpu", Layout.host("box"), "m").profile("coding", "gpu/m");
        backends.on("gpu", Chat.says("gpu")).able("gpu", new Unmoved());
        FakeGuard guard = guard("memory");
        engine();

        assertThat(guard.context().hosts().getFirst().offers())
                .extracting(HostView.Offer::managed)
                .containsExactly(true);
    }

    @Test
    void a_backend_that_keeps_one_model_is_told() throws Exception {
        layout.backend("mlx", Layout.host("box"), "m")
                .backend("gpu", Layout.host("box"), "m")
                .profile("coding", "gpu/m");
        backends.on("gpu", Chat.says("gpu")).keepsOne("mlx");
        FakeGuard guard = guard("memory");
        engine();

        assertThat(guard.context().hosts().getFirst().offers())
                .filteredOn(HostView.Offer::swaps)
                .extracting(offer -> offer.target().toString())
                .containsExactly("mlx/m");
    }

    @Test
    void a_guard_is_told_which_context_a_request_wants_and_whether_it_is_only_explained() throws Exception {
        layout.backend("gpu", Layout.host("box"), "m")
                .profile("coding", "gpu/m")
                .defaultTo("coding");
        backends.on("gpu", Chat.says("gpu"));
        List<String> seen = new CopyOnWriteArrayList<>();
        guard("memory").assesses = candidate -> {
            seen.add(candidate.contextWanted() + " " + candidate.explained());
            return Verdict.admit();
        };
        String json = "{\"model\":\"auto\",\"context\":9000,\"messages\":[]}";
        bytes(body(json));
        assertThat(seen).containsOnly("OptionalLong[9000] false");
        seen.clear();
        engine().explain(body(json));

        assertThat(seen).containsOnly("OptionalLong[9000] true");
    }

    @Test
    void who_waits_is_told_by_target() throws Exception {
        layout.backend("gpu", Layout.host("box"), "m", "other")
                .gate("one", 1, 9, "gpu")
                .profile("coding", "gpu/m");
        Tape busy = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("gpu", call -> busy);
        FakeGuard guard = guard("memory");
        try (RoutedResponse first = ask(stream("coding"))) {
            assertThat(guard.context().hosts().getFirst().waiting()).isEmpty();
            Later<RoutedResponse> second = later(chat("coding"));
            heard.await(RouterEvent.Waiting.class);
            assertThat(guard.context().hosts().getFirst().waiting()).containsExactly(Map.entry(Target.of("gpu/m"), 1));
            assertThat(first.streamed()).isTrue();
            advance(Limits.DEFAULT.waiting().plusSeconds(1));
            assertThat(second.thrown()).hasMessageContaining("full");
        }
        assertThat(guard.context().hosts().getFirst().waiting()).isEmpty();
    }

    /** Nothing is ever loaded. */
    private static final class Unmoved implements ModelLifecycle {
        @Override
        public List<Resident> residents(Deadline deadline) {
            return List.of();
        }

        @Override
        public void load(String model, Deadline deadline) {}

        @Override
        public void unload(String model, Deadline deadline) {}
    }

    @Test
    void a_machine_is_meant_by_its_name_and_by_that_of_a_backend_and_loopback_names_are_one() throws Exception {
        layout.backend("gpu", Layout.host("127.0.0.1"), "m")
                .backend("far", Layout.host("Studio.local"), "m")
                .profile("coding", "gpu/m");
        FakeGuard guard = guard("memory");
        engine();

        List<HostView> hosts = guard.context().hosts();
        assertThat(hosts.getFirst().isHere()).isTrue();
        assertThat(List.of("localhost", "::1", "gpu")).allMatch(hosts.getFirst()::means);
        assertThat(hosts.getFirst().means("far")).isFalse();
        assertThat(hosts.getLast().isHere()).isFalse();
        assertThat(List.of("studio.local", "STUDIO.local", "far")).allMatch(hosts.getLast()::means);
    }

    @Test
    void a_guard_is_told_on_which_machine_a_target_is() throws Exception {
        layout.backend("gpu", Layout.host("box"), "m").profile("coding", "gpu/m");
        backends.on("gpu", Chat.says("gpu"));
        List<String> seen = new CopyOnWriteArrayList<>();
        guard("memory").assesses = candidate -> {
            seen.add(candidate.host());
            return Verdict.admit();
        };

        bytes(chat("coding"));

        assertThat(seen).containsOnly("box");
    }
}
