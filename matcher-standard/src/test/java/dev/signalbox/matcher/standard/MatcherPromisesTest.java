package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.testkit.MatcherContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;

/** Every matcher keeps the promises of matchers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MatcherPromisesTest {

    @Nested
    class HasImage extends Promised {
        HasImage() {
            super("has-image", Map.of("is", "yes", "in", "whole-conversation"));
        }
    }

    @Nested
    class HasTools extends Promised {
        HasTools() {
            super("has-tools", "no");
        }
    }

    @Nested
    class ToolNamed extends Promised {
        ToolNamed() {
            super("tool-named", "read_*");
        }
    }

    @Nested
    class CodeFenceRatio extends Promised {
        CodeFenceRatio() {
            super("code-fence-ratio", ">= 0.3");
        }
    }

    @Nested
    class ContentContains extends Promised {
        ContentContains() {
            super("content-contains", "clear");
        }
    }

    @Nested
    class ContentRegex extends Promised {
        ContentRegex() {
            super("content-regex", "(?i)all\\s+clear");
        }
    }

    @Nested
    class ModelPattern extends Promised {
        ModelPattern() {
            super("model-pattern", "auto|claude-.*");
        }
    }

    @Nested
    class TokenCount extends Promised {
        TokenCount() {
            super("token-count", ">= 1000");
        }
    }

    @Nested
    class MessageCount extends Promised {
        MessageCount() {
            super("message-count", "> 1");
        }
    }

    @Nested
    class Header extends Promised {
        Header() {
            super("header", Map.of("x-odd", "twice"));
        }
    }

    @Nested
    class Caller extends Promised {
        Caller() {
            super("caller", List.of("alice", "anon*"));
        }
    }

    @Nested
    class DialectOf extends Promised {
        DialectOf() {
            super("dialect", "openai");
        }
    }

    @Nested
    class Streaming extends Promised {
        Streaming() {
            super("streaming", "no");
        }
    }

    @Nested
    class Language extends Promised {
        Language() {
            super("language", List.of("english", "java"));
        }
    }

    @Nested
    class Task extends Promised {
        Task() {
            super("task", "general");
        }
    }

    @Nested
    class TimeOfDay extends Promised {
        TimeOfDay() {
            super("time-of-day", Map.of("between", "22:00-06:00", "zone", "UTC"));
        }
    }

    @Nested
    class Wants extends Promised {
        Wants() {
            super("wants", "embeddings");
        }
    }

    private abstract static class Promised extends MatcherContract {

        private final String type;
        private final Object argument;

        Promised(String type, Object argument) {
            this.type = type;
            this.argument = argument;
        }

        @Override
        protected Matcher matcher() {
            return Made.matcher(type, argument);
        }
    }
}
