package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.BackendException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A list of models is read for what makes sense in it, and nothing else is taken for one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ModelListsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "\"ok\"", "{\"data\":7}", "{\"data\":{}}", "{\"error\":\"no\"}"})
    void what_has_no_data_is_no_list(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(BackendException.class);
    }

    @Test
    void null_is_an_empty_list() throws Exception {
        assertThat(read("{\"data\":null}")).isEmpty();
        assertThat(read("{\"data\":[]}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "max_model_len, 40960, 40960",
        "context_length, 8192, 8192",
        "context_window, 131072, 131072",
        "max_model_len, 0, 0",
        "max_model_len, -1, 0",
        "max_model_len, 1e3, 0",
        "max_model_len, 1000000001, 0",
        "max_model_len, 99999999999999999999, 0",
        "max_model_len, null, 0"
    })
    void the_context_is_read_if_it_can_be_one(String member, String value, long context) throws Exception {
        assertThat(read("{\"data\":[{\"id\":\"m\",\"%s\":%s}]}".formatted(member, value)))
                .extracting(model -> model.contextTokens().orElse(0))
                .containsExactly(context);
    }

    @Test
    void names_and_lists_have_an_end() throws Exception {
        String many = IntStream.range(0, 10_500)
                .mapToObj(i -> "{\"id\":\"m%d\"}".formatted(i))
                .collect(Collectors.joining(","));

        assertThat(read("{\"data\":[" + many + "]}")).hasSize(10_000);
        assertThat(read("{\"data\":[{\"id\":\"%s\"},{\"id\":\" \"},{\"id\":\"m\"}]}".formatted("x".repeat(513))))
                .extracting(ModelInfo::name)
                .containsExactly("m");
    }

    private static List<ModelInfo> read(String json) throws Exception {
        return ModelLists.openAi(JSON.readTree(json));
    }
}
