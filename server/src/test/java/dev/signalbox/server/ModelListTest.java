package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ModelListTest {

    private static final String[] VERSION = {"anthropic-version", "2023-06-01"};

    private final Served server = Served.of(FakeRouting.answering("{}")
            .model(FakeModels.target())
            .model(FakeModels.alias())
            .model(FakeModels.profile()));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void lists_targets_aliases_and_profiles_with_what_is_known_of_them() throws Exception {
        JsonNode list = json(server.get("/v1/models"));
        assertThat(list.get("object").textValue()).isEqualTo("list");
        assertThat(list.get("data").findValuesAsText("id")).containsExactly("gpu/org/qwen3:8b", "gpt-4o", "coding");
        assertThat(list.get("data").findValuesAsText("kind")).containsExactly("target", "alias", "profile");
        JsonNode model = list.get("data").get(0);
        assertThat(model.get("object").textValue()).isEqualTo("model");
        assertThat(model.get("backend").textValue()).isEqualTo("gpu");
        assertThat(model.get("context_length").longValue()).isEqualTo(32_768);
        assertThat(model.get("loaded").booleanValue()).isTrue();
        assertThat(model.get("created").isIntegralNumber()).isTrue();
    }

    @Test
    void can_be_read_by_clients_of_anthropic_too() throws Exception {
        JsonNode list = json(server.get("/v1/models"));
        assertThat(list.get("has_more").booleanValue()).isFalse();
        assertThat(list.get("first_id").textValue()).isEqualTo("gpu/org/qwen3:8b");
        assertThat(list.get("last_id").textValue()).isEqualTo("coding");
        assertThat(list.get("data").get(0).get("type").textValue()).isEqualTo("model");
        assertThat(list.get("data").get(0).get("display_name").textValue()).isEqualTo("gpu/org/qwen3:8b");
    }

    @Test
    void has_anthropics_shape_for_clients_that_name_a_version() throws Exception {
        JsonNode list = json(server.get("/v1/models", VERSION));
        assertThat(list.has("object")).isFalse();
        assertThat(list.get("data").findValuesAsText("id")).containsExactly("gpu/org/qwen3:8b", "gpt-4o", "coding");
        assertThat(list.get("has_more").booleanValue()).isFalse();
        JsonNode model = list.get("data").get(0);
        assertThat(model.fieldNames())
                .toIterable()
                .containsExactly("type", "id", "display_name", "created_at", "max_input_tokens");
        assertThat(json(server.get("/v1/models/gpu/org/qwen3:8b", VERSION))).isEqualTo(model);
        assertThat(server.get("/v1/models/codnig", VERSION).body())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=2                     | gpu/org/qwen3:8b gpt-4o | true",
                "limit=2&after_id=gpt-4o     | coding                  | false",
                "limit=1&before_id=coding    | gpt-4o                  | true",
                "before_id=gpt-4o            | gpu/org/qwen3:8b        | false",
                "limit=1000                  | gpu/org/qwen3:8b gpt-4o coding | false"
            })
    void is_paged_as_anthropics_clients_ask(String query, String ids, boolean more) throws Exception {
        JsonNode list = json(server.get("/v1/models?" + query, VERSION));
        assertThat(String.join(" ", list.get("data").findValuesAsText("id"))).isEqualTo(ids);
        assertThat(list.get("has_more").booleanValue()).isEqualTo(more);
        assertThat(list.get("first_id").textValue()).isEqualTo(ids.split(" ")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=many", "limit=1001", "after_id=nobody"})
    void a_page_that_makes_no_sense_is_refused(String query) throws Exception {
        assertThat(server.get("/v1/models?" + query, VERSION).statusCode()).isEqualTo(400);
        assertThat(server.get("/v1/models?" + query).statusCode())
                .as("others know no pages")
                .isEqualTo(200);
    }

    @Test
    void lists_them_without_the_version_too() throws Exception {
        assertThat(server.get("/models").body())
                .isEqualTo(server.get("/v1/models").body());
    }

    @Test
    void finds_one_whose_name_has_slashes() throws Exception {
        assertThat(json(server.get("/v1/models/gpu/org/qwen3:8b")).get("id").textValue())
                .isEqualTo("gpu/org/qwen3:8b");
        assertThat(json(server.get("/models/coding")).get("id").textValue()).isEqualTo("coding");
    }

    @Test
    void finds_one_whose_slashes_are_encoded() throws Exception {
        assertThat(json(server.get("/v1/models/gpu%2Forg%2Fqwen3%3A8b"))
                        .get("id")
                        .textValue())
                .isEqualTo("gpu/org/qwen3:8b");
    }

    @Test
    void finds_a_model_by_the_name_alone_that_requests_may_ask_for() throws Exception {
        JsonNode model = json(server.get("/v1/models/org/qwen3:8b"));
        assertThat(model.get("id").textValue()).isEqualTo("org/qwen3:8b");
        assertThat(model.get("backend").textValue()).isEqualTo("gpu");
    }

    @Test
    void names_the_nearest_to_one_that_nobody_knows() throws Exception {
        HttpResponse<String> response = server.get("/v1/models/codnig");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("error").get("code").textValue()).isEqualTo("model_not_found");
        assertThat(response.body()).contains("Did you mean \\\"coding\\\"?");
    }

    @Test
    void answers_a_head_with_the_head_of_the_list() throws Exception {
        HttpResponse<String> head = server.method("HEAD", "/v1/models");
        HttpResponse<String> get = server.get("/v1/models");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"))
                .isPresent();
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }
}
