package dev.signalbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Target;
import dev.signalbox.api.TaskTable;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TaskReadingTest {

    private static final String BASE = """
            backends: { gpu: { type: openai, base-url: "http://gpu.local:8000" } }
            profiles: { coding: { chain: [ gpu/qwen3 ] } }
            aliases: { quick: gpu/small }
            """;

    private static final String WHOLE = BASE + """
            tasks:
              roles:
                architect: { use: coding, description: Plans, instruction: Think first. }
                coder:     { use: gpu/coder, title: Programmer }
                reviewer:  { use: quick }
              types: { Plan: architect, fix: coder }
              otherwise: architect
              urgency:
                - { is: Critical, role: architect, except: [ Plan ], use: coder }
              template: "C {context} P {prompt}"
              max-tokens: 4096
              most-tokens: 8192
              temperature: 0.7
            """;

    private final Problems problems = new Problems();

    private Settings read(String yaml) {
        var root = new ConfigReader(name -> Optional.empty())
                .read(yaml, "signalbox.yaml", problems)
                .orElseGet(() -> ConfigNode.Table.empty(Where.code("")));
        return SettingsReader.read(root, SamplePlugins.ALL, Set.of(), problems);
    }

    private Tasks tasks() {
        Settings settings = read(WHOLE);
        problems.throwIfAny();
        return settings.tasks().orElseThrow();
    }

    @Test
    void there_is_no_task_routing_where_nothing_is_said() {
        assertThat(read(BASE).tasks()).isEmpty();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void roles_lead_to_profiles_targets_and_aliases() {
        assertThat(tasks().uses())
                .containsEntry("architect", new Use.ToProfile("coding"))
                .containsEntry("coder", new Use.ToTarget(Target.of("gpu/coder")))
                .containsEntry("reviewer", new Use.ToAlias("quick"));
    }

    @Test
    void roles_are_called_by_their_title_or_by_their_name_with_a_capital() {
        assertThat(tasks().table().roles())
                .extracting(TaskTable.Role::title)
                .containsExactly("Architect", "Programmer", "Reviewer");
    }

    @Test
    void types_and_urgency_compare_without_case() {
        TaskTable table = tasks().table();

        assertThat(table.types()).containsEntry("plan", "architect").containsEntry("fix", "coder");
        assertThat(table.urgency())
                .containsExactly(new TaskTable.Urgency("critical", Set.of("architect"), Set.of("plan"), "coder"));
    }

    @Test
    void what_holds_where_a_task_says_nothing_is_read() {
        Tasks tasks = tasks();

        assertThat(tasks.maxTokens()).hasValue(4096);
        assertThat(tasks.mostTokens()).isEqualTo(8192);
        assertThat(tasks.temperature()).contains("0.7");
        assertThat(tasks.instructions()).containsOnlyKeys("architect");
    }

    @Test
    void what_a_client_wrote_is_no_place_of_the_template() {
        assertThat(tasks().template().filled("see {prompt} $1", "and {context} \\"))
                .isEqualTo("C see {prompt} $1 P and {context} \\");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { }                                                                              | tasks.roles           | missing
            { roles: { } }                                                                   | tasks.roles           | at least one
            { roles: { coder: { } } }                                                        | tasks.roles.coder.use | missing
            { roles: { coder: { use: codin } } }                                             | tasks.roles.coder.use | coding
            { roles: { coder: { use: gpx/m } } }                                             | tasks.roles.coder.use | gpu
            { roles: { batch: { use: coding } } }                                            | tasks.roles.batch     | is a path already
            { roles: { Coder: { use: coding } } }                                            | tasks.roles.Coder     | small letters
            { roles: { coder: { use: coding } }, types: { fix: codr } }                      | tasks.types.fix       | coder
            { roles: { coder: { use: coding } }, types: { fix: coder, FIX: coder } }         | tasks.types.FIX       | twice
            { roles: { coder: { use: coding } }, otherwise: codr }                           | tasks.otherwise       | coder
            { roles: { coder: { use: coding } }, urgency: [ { is: high, use: codr } ] }      | tasks.urgency[1].use  | coder
            { roles: { coder: { use: coding } }, urgency: [ { is: high, role: codr, use: coder } ] } | tasks.urgency[1].role | coder
            { roles: { coder: { use: coding } }, urgency: [ { use: coder } ] }               | tasks.urgency[1].is   | missing
            { roles: { coder: { use: coding } }, template: "{prompt}" }                      | tasks.template        | {context}
            { roles: { coder: { use: coding } }, max-tokens: 9, most-tokens: 8 }             | tasks.max-tokens      | more than most-tokens
            { roles: { coder: { use: coding } }, temperature: 3 }                            | tasks.temperature     | 2
            { roles: { coder: { use: coding } }, typs: { } }                                 | tasks.typs            | types
            """)
    void says_what_is_wrong_and_where(String tasks, String path, String message) {
        read(BASE + "tasks: " + tasks + "\n");

        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.where().path()).isEqualTo(path);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void tells_all_problems_at_once() {
        read(BASE + "tasks: { roles: { coder: { use: codin } }, otherwise: x, urgency: [ { is: high, use: y } ] }\n");

        assertThat(problems.list().stream().map(problem -> problem.where().path()))
                .containsExactlyInAnyOrderElementsOf(
                        List.of("tasks.roles.coder.use", "tasks.otherwise", "tasks.urgency[1].use"));
    }
}
