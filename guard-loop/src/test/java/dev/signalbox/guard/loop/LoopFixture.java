package dev.signalbox.guard.loop;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestRequest;
import java.util.ArrayList;
import java.util.List;

/** Conversations with tool calls, and what is said of them. */
final class LoopFixture {

    static final PluginConfig GENERAL = PluginConfig.of(new LoopGuardFactory().options(), Where.code("guards.loop"));
    static final PluginConfig PROFILE =
            PluginConfig.of(new LoopGuardFactory().profileOptions(), Where.code("profiles.test.guards.loop"));

    private LoopFixture() {}

    /** A conversation in which these tools were called, each as {@code name:arguments}. */
    static TestRequest calling(String... calls) {
        List<String> messages = new ArrayList<>(List.of("{\"role\":\"user\",\"content\":\"Mend it\"}"));
        for (String call : calls) {
            int colon = call.indexOf(':');
            messages.add(called(call.substring(0, colon), call.substring(colon + 1)));
            messages.add("{\"role\":\"tool\",\"content\":\"no\"}");
        }
        return chat(messages);
    }

    private static String called(String tool, String arguments) {
        return "{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}]}"
                .formatted(tool, arguments.replace("\"", "\\\""));
    }

    private static TestRequest chat(List<String> messages) {
        return TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"model\":\"m\",\"messages\":[%s],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"read\"}}]}"
                        .formatted(String.join(",", messages)));
    }

    /** The same call so many times. */
    static TestRequest repeating(int times) {
        return calling(java.util.Collections.nCopies(times, "read:{}").toArray(String[]::new));
    }

    static Ruling ruling(PluginConfig general, TestRequest request) {
        return ruling(general, PROFILE, request);
    }

    static Ruling ruling(PluginConfig general, PluginConfig profile, TestRequest request) {
        return new LoopGuard(general).screen(new Screening(request, "test", profile));
    }

    static PluginConfig doing(Action action) {
        return GENERAL.with(LoopGuardFactory.ACTION, action);
    }
}
