package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.machine.ThisMachine;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.ScriptedHost;
import dev.signalbox.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is loaded without being asked for, on two machines. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChoresTest {

    private final ScriptedHost desk =
            ScriptedHost.of("desk", 64).server("box").model("box/coder", 19).model("box/reviewer", 9);
    private final ScriptedHost shelf = ScriptedHost.of("shelf", 64)
            .server("rack")
            .swapper("mlx")
            .model("rack/chat", 19)
            .model("mlx/chat", 9);
    private final TestContext context = TestContext.named("memory").hosts(List.of(desk, shelf));
    private MemoryGuard guard = preloading("box/coder", "rack/chat");

    private MemoryGuard preloading(String... targets) {
        PluginConfig said = PluginConfig.of(List.of(HostOptions.MEMORY, HostOptions.RESERVE), Where.code("hosts"))
                .with(HostOptions.MEMORY, new Capacity.Written(64))
                .with(HostOptions.RESERVE, 4L);
        List<Target> wanted = new ArrayList<>();
        for (String target : targets) {
            wanted.add(Target.of(target));
        }
        return new MemoryGuard(
                MemoryFixture.general()
                        .with(HostOptions.HOSTS, Map.of("desk", said, "shelf", said))
                        .with(HostOptions.PRELOAD, wanted),
                context,
                new ThisMachine((command, deadline) -> Optional.empty(), Path.of("/none")));
    }

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void a_server_that_takes_its_time_holds_no_other_machine_up() {
        List<Target> shelfMeanwhile = new ArrayList<>();
        desk.meanwhile((act, target) -> {
            if (act == ScriptedHost.Act.LOAD) {
                context.hands().advance(Duration.ofSeconds(30));
                shelfMeanwhile.addAll(shelf.residents());
            }
        });
        context.hands().advance(Duration.ofSeconds(10));

        assertThat(shelfMeanwhile).containsExactly(Target.of("rack/chat"));
        assertThat(desk.residents()).containsExactly(Target.of("box/coder"));
    }

    @Test
    void what_went_wrong_rests_before_it_is_tried_again() {
        AtomicInteger tries = new AtomicInteger();
        desk.meanwhile((act, target) -> tries.addAndGet(act == ScriptedHost.Act.LOAD ? 1 : 0));
        desk.failsToLoad(Target.of("box/coder"), FailureKind.SERVER_ERROR);
        context.hands().advance(Duration.ofSeconds(60));
        assertThat(tries).hasValue(1);
        context.hands().advance(Duration.ofSeconds(10));
        assertThat(tries).hasValue(2);

        desk.failsToLoad(Target.of("box/coder"), FailureKind.DEFECT);
        context.hands().advance(Duration.ofSeconds(70));
        assertThat(desk.residents()).containsExactly(Target.of("box/coder"));
    }

    @Test
    void what_nobody_can_load_without_a_request_is_not_said_to_be_there() {
        guard.close();
        guard = preloading("mlx/chat");
        context.hands().advance(Duration.ofSeconds(10));

        assertThat(context.report("memory").orElseThrow().content().get().toString())
                .doesNotContain("state=there");
    }

    @Test
    void what_was_about_to_be_done_is_not_done_once_it_is_closed() {
        desk.meanwhile((act, target) -> {
            if (act == ScriptedHost.Act.LOAD) {
                guard.close();
            }
        });
        context.hands().advance(Duration.ofSeconds(10));

        assertThat(desk.residents()).containsExactly(Target.of("box/coder"));
        assertThat(shelf.residents()).isEmpty();
    }

    @Test
    void nothing_is_left_to_do_when_it_is_closed() {
        context.hands().advance(Duration.ofSeconds(10));
        guard.close();

        assertThat(context.hands().scheduled()).isZero();
    }
}
