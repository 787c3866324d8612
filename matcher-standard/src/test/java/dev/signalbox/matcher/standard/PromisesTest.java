package dev.signalbox.matcher.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.testkit.FactoryContract;
import dev.signalbox.testkit.MatcherContract;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every matcher of this module keeps the promises of matchers, and its factory those of factories. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PromisesTest {

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

    @Test
    void all_of_them_are_here() {
        assertThat(ServiceLoader.load(MatcherFactory.class))
                .hasSize(PromisesTest.class.getDeclaredClasses().length - 1);
    }

    /** One matcher of this module: made by its factory, and asked. */
    private abstract static class Promised {

        private final String type;
        private final Object argument;

        Promised(String type, Object argument) {
            this.type = type;
            this.argument = argument;
        }

        @Nested
        class AsFactory extends FactoryContract {

            @Override
            protected PluginFactory<?> factory() {
                return Made.factory(type);
            }

            @Override
            protected PluginConfig config() {
                return Made.config(Made.factory(type), argument);
            }
        }

        @Nested
        class AsMatcher extends MatcherContract {

            @Override
            protected Matcher matcher() {
                return Made.matcher(type, argument);
            }
        }
    }
}
