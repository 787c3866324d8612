package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.RequestView;
import dev.signalbox.testkit.TestRequest;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What servers cannot take is taken out, and only if it is there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EditsTest {

    private static final RequestView REQUEST = TestRequest.of(
            Dialect.OPENAI_CHAT,
            "{\"model\":\"m\",\"seed\": 7,\"stop\" :null,\"max_completion_tokens\":1e2,\"a/b~c\":null,\"text\":\"null\"}");

    @Test
    void members_that_are_null_are_removed() {
        assertThat(Edits.withoutNulls(REQUEST)).containsExactly(Edit.remove("/stop"), Edit.remove("/a~1b~0c"));
    }

    @Test
    void a_member_gets_another_name_and_keeps_its_spelling() {
        assertThat(Edits.renamed(REQUEST, "max_completion_tokens", "max_tokens"))
                .containsExactly(Edit.remove("/max_completion_tokens"), Edit.insert("/max_tokens", "1e2"));
        assertThat(Edits.renamed(REQUEST, "absent", "max_tokens")).isEmpty();
    }

    @Test
    void a_member_does_not_take_the_place_of_one_that_is_there() {
        assertThat(Edits.renamed(REQUEST, "max_completion_tokens", "seed"))
                .containsExactly(Edit.remove("/max_completion_tokens"));
    }

    @Test
    void a_member_that_is_null_gives_nobody_its_name() {
        assertThat(Edits.renamed(REQUEST, "stop", "seed")).isEmpty();
        assertThat(Edits.renamed(REQUEST, "max_completion_tokens", "stop"))
                .as("and nobody keeps the name from others")
                .containsExactly(
                        Edit.remove("/max_completion_tokens"), Edit.remove("/stop"), Edit.insert("/stop", "1e2"));
    }

    @Test
    void what_is_dropped_is_told() {
        assertThat(Edits.without(REQUEST, "seed", "absent"))
                .containsExactly(Edit.remove("/seed").dropping("seed"));
    }

    @Test
    void what_is_merged_under_the_request_never_replaces_what_it_says() {
        assertThat(Edits.under(REQUEST, Map.of("seed", "1"))).isEmpty();
        assertThat(Edits.under(REQUEST, Map.of("stop", "[]")))
                .as("null is said, too")
                .isEmpty();
        assertThat(Edits.under(REQUEST, Map.of("top_k", "40"))).containsExactly(Edit.insert("/top_k", "40"));
    }
}
