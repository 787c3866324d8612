package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.ModelLifecycle.Resident;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Sizes that are told, were lies, and are learnt. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SizesLearntTest extends DeskFixture {

    @Test
    void a_size_that_was_a_lie_is_learnt() throws Exception {
        host.model("box/liar", 40, ModelInfo.named("liar").withDisk(5));
        residents.serve("box/coder");
        residents.serve("box/liar");
        assertThat(host.used()).isEqualTo(59);

        host.othersUnload(Target.of("box/liar"));
        residents.probe();
        residents.serve("box/reviewer");
        residents.serve("box/liar");

        assertThat(host.diary()).endsWith("load box/reviewer", "unload box/coder", "load box/liar");
    }

    @Test
    void a_lie_that_does_not_fit_fails_as_out_of_memory_and_the_chain_goes_on() throws Exception {
        host.model("box/liar", 70, ModelInfo.named("liar").withDisk(5));

        assertThat(residents.fails("box/liar").kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
    }

    @Test
    void what_is_told_of_loaded_models_only_is_remembered() throws Exception {
        host.withoutSizes().model("box/router", 12, ModelInfo.named("router"));
        host.waits(Target.of("box/router"), 1);
        residents.serve("box/router");
        host.model("box/router", 12, ModelInfo.named("router").withDisk(10));
        residents.pass(Duration.ofSeconds(5));
        residents.serve("box/reviewer");
        assertThat(Reports.residents(residents))
                .filteredOn(resident -> resident.get("target").equals("box/router"))
                .singleElement()
                .satisfies(resident ->
                        assertThat(resident).containsEntry("bytes", 12L).containsEntry("source", "guessed"));
        host.othersUnload(Target.of("box/router"));
        host.model("box/router", 12, ModelInfo.named("router"));
        residents.pass(Duration.ofSeconds(5));
        residents.serve("box/coder");

        assertThat(Reports.list(desk(), "waiting"))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting).containsEntry("bytes", 12L));
    }

    @Test
    void a_file_whose_context_is_told_is_no_guess() {
        ModelInfo file = ModelInfo.named("m").withDisk(10);
        Target target = Target.of("box/m");
        ModelInfo name = ModelInfo.named("m");

        assertThat(new Sizes().of(target, file, name, OptionalLong.empty()))
                .isEqualTo(new Figure(12, Figure.Source.GUESSED));
        assertThat(new Sizes().of(target, file.withTokenMemory(2).withContext(8), name, OptionalLong.empty()))
                .isEqualTo(new Figure(26, Figure.Source.FILE));
        assertThat(new Sizes().of(target, file.withTokenMemory(2).withContext(8), name, OptionalLong.of(10)))
                .isEqualTo(new Figure(30, Figure.Source.FILE));
        assertThat(new Sizes().of(target, file.withTokenMemory(2), name, OptionalLong.empty()))
                .as("nobody knows with how large a context")
                .isEqualTo(new Figure(12, Figure.Source.GUESSED));
        assertThat(new Sizes().of(target, name, name, OptionalLong.empty())).isEqualTo(Figure.UNKNOWN);
    }

    @Test
    void what_a_larger_context_takes_is_a_guess_where_nobody_tells_what_a_token_takes() {
        ModelInfo name = ModelInfo.named("m");
        ModelInfo file = name.withDisk(81_920);
        Target target = Target.of("box/m");
        Sizes sizes = new Sizes();

        assertThat(sizes.of(target, file, name, OptionalLong.of(4_096)))
                .as("with a fifth of its file")
                .isEqualTo(new Figure(98_304, Figure.Source.GUESSED));
        assertThat(sizes.of(target, file, name, OptionalLong.of(8_192 + 10)))
                .as("two for each token beyond the usual context")
                .isEqualTo(new Figure(98_304 + 20, Figure.Source.GUESSED));
        assertThat(sizes.context(target, file, OptionalLong.of(4_096), OptionalLong.of(5_096)))
                .isEqualTo(2_000);
        assertThat(sizes.context(target, name, OptionalLong.of(4_096), OptionalLong.of(5_096)))
                .as("nobody knows anything")
                .isZero();
        sizes.learn(target, new Resident("m", OptionalLong.of(81_920 + 12_288), OptionalLong.of(4_096)));
        assertThat(sizes.context(target, file, OptionalLong.of(4_096), OptionalLong.of(5_096)))
                .as("all that is not its file")
                .isEqualTo(3_000);
        assertThat(sizes.of(target, file, name, OptionalLong.of(5_096)))
                .isEqualTo(new Figure(94_208 + 3_000, Figure.Source.GUESSED));
        assertThat(sizes.of(target, file, name.withContext(5_096), OptionalLong.empty()))
                .as("as its server will load it")
                .isEqualTo(new Figure(94_208 + 3_000, Figure.Source.GUESSED));
        assertThat(sizes.of(target, file.withTokenMemory(1), name, OptionalLong.of(5_096)))
                .as("somebody tells")
                .isEqualTo(new Figure(94_208 + 1_000, Figure.Source.SEEN));
    }
}
