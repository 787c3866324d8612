package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.RouteRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** Whatever is sent: it is refused with a reason, or every question about it has an answer. In all dialects alike. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestReaderFuzzTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @FuzzTest(maxDuration = "2m")
    void reads_or_refuses_everything(byte[] body) throws IOException {
        for (Dialect dialect : Dialect.KNOWN) {
            try {
                ask(RequestReader.read(RouteRequest.of(dialect, Body.of(body)), Requests.READINGS), body);
            } catch (BadRequest refused) {
                assertThat(refused.code()).isNotBlank();
                assertThat(refused.message()).isNotBlank();
            }
        }
    }

    private static void ask(ParsedRequest request, byte[] body) throws IOException {
        request.messages();
        request.lastUserText();
        request.wholeText();
        request.tools();
        request.toolCalls();
        request.needs();
        request.approximateTokens();
        request.maxTokens();
        assertThat(MAPPER.readTree(edited(request, request.edits().naming("router"))))
                .isEqualTo(with(body, "model", "router"));
        MAPPER.readTree(edited(request, request.edits().withoutOwnField()));
        MAPPER.readTree(edited(request, request.edits().reportingUsage()));
        MAPPER.readTree(edited(request, request.appendInstruction("Be brief.")));
        for (Capability capability : Capability.values()) {
            MAPPER.readTree(edited(request, request.drop(capability)));
        }
    }

    private static JsonNode with(byte[] body, String name, String value) throws IOException {
        return ((ObjectNode) MAPPER.readTree(body)).put(name, value);
    }

    private static byte[] edited(ParsedRequest request, List<Edit> edits) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        request.edited(edits).writeTo(out);
        assertThat(out.size()).isEqualTo((int) request.edited(edits).size());
        return out.toString(UTF_8).getBytes(UTF_8);
    }
}
