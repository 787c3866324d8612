package dev.signalbox.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.TaskTable;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TasksByCodeTest {

    private static RouterBuilder builder() {
        return Router.builder()
                .backend("a", TestFactories.backend("test", TestBackend.saying("hello")), options -> options)
                .profile("planning", "a/test-model")
                .profile("coding", "a/test-model");
    }

    private static String profileOf(Router router, String task) throws InterruptedException {
        return router.explain(RouteRequest.of(Dialect.TASK, Body.of(task.replace('\'', '"'))))
                .profile();
    }

    @Test
    void code_says_all_that_a_file_says() throws Exception {
        try (Router router = builder()
                .tasks(tasks -> tasks.role("architect", "planning", "Think first.")
                        .role("coder", "coding")
                        .types("architect", "plan")
                        .types("coder", "fix", "code")
                        .otherwise("architect")
                        .urgency("critical", "architect", "coder", "plan")
                        .template("{context}: {prompt}")
                        .maxTokens(100)
                        .mostTokens(200)
                        .temperature(0.5))
                .build()) {
            assertThat(profileOf(router, "{'prompt':'x','task_type':'code'}")).isEqualTo("coding");
            assertThat(profileOf(router, "{'prompt':'x'}")).isEqualTo("planning");
            assertThat(profileOf(router, "{'prompt':'x','urgency':'critical'}")).isEqualTo("coding");
            assertThat(profileOf(router, "{'prompt':'x','task_type':'plan','urgency':'critical'}"))
                    .isEqualTo("planning");
            assertThat(router.tasks().orElseThrow().roles())
                    .extracting(TaskTable.Role::title)
                    .containsExactly("Architect", "Coder");
        }
    }

    @Test
    void what_is_wrong_is_told_in_the_words_a_file_would_be_told() {
        RouterBuilder wrong = builder()
                .tasks(tasks ->
                        tasks.role("coder", "codin").types("codr", "fix").mostTokens(0));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(wrong::build)
                .withMessageContaining("3 problems")
                .withMessageContaining("tasks.roles.coder.use")
                .withMessageContaining("Did you mean \"coding\"?")
                .withMessageContaining("tasks.types.fix")
                .withMessageContaining("tasks.most-tokens");
    }

    @Test
    void there_is_no_table_where_nobody_says_one() {
        try (Router router = builder().build()) {
            assertThat(router.tasks()).isEmpty();
        }
    }
}
