package dev.signalbox.backend.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.backend.http.MessageEdits;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Something a server cannot take as clients send it, and what is done about that. */
enum Quirk {

    /** It takes {@code null} for a value of its own: such members are taken out. */
    NO_NULLS {
        @Override
        List<Edit> edits(RequestView request) {
            return Edits.withoutNulls(request);
        }
    },

    /** It knows the older role only: {@code developer} becomes {@code system}. */
    NO_DEVELOPER {
        @Override
        List<Edit> edits(RequestView request) {
            return MessageEdits.of(request).developerAsSystem();
        }
    },

    /** It refuses to hear again what the model thought: {@code reasoning_content} is taken out of messages. */
    NO_REASONING_CONTENT {
        @Override
        List<Edit> edits(RequestView request) {
            return isChat(request) ? MessageEdits.of(request).withoutReasoning() : List.of();
        }
    },

    /** It refuses members it does not know: those that change nothing of an answer are taken out, and {@code verbosity}. */
    NO_HINTS {
        @Override
        List<Edit> edits(RequestView request) {
            if (!isChat(request)) {
                return List.of();
            }
            List<Edit> edits = new ArrayList<>(Edits.without(request, "verbosity"));
            HINTS.stream()
                    .map(Edits::pointer)
                    .filter(hint -> request.raw(hint).isPresent())
                    .forEach(hint -> edits.add(Edit.remove(hint)));
            return edits;
        }
    },

    /** It knows the newer limit only: {@code max_tokens} becomes {@code max_completion_tokens} in chats. */
    MAX_COMPLETION_TOKENS {
        @Override
        List<Edit> edits(RequestView request) {
            return isChat(request) ? Edits.renamed(request, "max_tokens", "max_completion_tokens") : List.of();
        }
    },

    /** It knows the older limit only: {@code max_completion_tokens} becomes {@code max_tokens}. */
    MAX_TOKENS {
        @Override
        List<Edit> edits(RequestView request) {
            return Edits.renamed(request, "max_completion_tokens", "max_tokens");
        }
    },

    /** It goes by the name {@code tgi} and takes any other for that of an adapter. */
    MODEL_TGI {
        @Override
        List<Edit> edits(RequestView request) {
            return List.of(Edit.replace("/model", "\"tgi\""));
        }
    },

    /** It takes {@code stop} as a list only. */
    STOP_LIST {
        @Override
        List<Edit> edits(RequestView request) {
            return request.raw("/stop").filter(stop -> stop.startsWith("\"")).stream()
                    .map(stop -> Edit.replace("/stop", "[" + stop + "]"))
                    .toList();
        }
    },

    /** It takes {@code top_p} between 0 and 1 only, though 1 is what holds without it. */
    TOP_P_BETWEEN {
        @Override
        List<Edit> edits(RequestView request) {
            return request.raw("/top_p").flatMap(Quirk::number).stream()
                    .filter(topP -> topP >= 1 || topP <= 0)
                    .map(topP -> topP >= 1
                            ? Edit.remove("/top_p")
                            : Edit.remove("/top_p").dropping("top_p"))
                    .toList();
        }
    },

    /** It takes tools or a form of the answer, not both: such a request is told to be unsupported. */
    TOOLS_WITHOUT_FORMAT {
        @Override
        Optional<String> refusal(RequestView request) {
            boolean both = isFilled(request, "/response_format/type")
                    && request.raw("/tools/0").isPresent()
                    && !request.raw("/response_format/type").equals(Optional.of("\"text\""));
            return both ? Optional.of("the server takes tools or a response_format, not both") : Optional.empty();
        }

        @Override
        boolean refuses() {
            return true;
        }
    },

    /** It takes a word as {@code tool_choice} only: of a named tool, that one is offered and required. */
    TOOL_CHOICE_WORDS {
        @Override
        List<Edit> edits(RequestView request) {
            return request.raw("/tool_choice").filter(choice -> isChat(request) && choice.startsWith("{")).stream()
                    .flatMap(choice -> only(named(choice), request.raw("/tools").orElse("[]")).stream())
                    .toList();
        }
    };

    private static final List<String> HINTS = List.of(
            "metadata", "prompt_cache_key", "prompt_cache_retention", "safety_identifier", "service_tier", "user");

    /** Made when it is needed: it takes 30 ms, and the words of the quirks are read at every start. */
    private static final class Trees {
        static final ObjectMapper JSON = new ObjectMapper();
    }

    /** The words for all of them, in kebab-case. */
    static List<String> words() {
        return Arrays.stream(values()).map(Quirk::word).toList();
    }

    /** The one of that word. */
    static Quirk of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The changes a request needs; none unless the request calls for them. */
    List<Edit> edits(RequestView request) {
        return List.of();
    }

    /** Why the server could not answer; empty if it can. */
    Optional<String> refusal(RequestView request) {
        return Optional.empty();
    }

    /** Whether {@link #refusal} has to be asked. */
    boolean refuses() {
        return false;
    }

    private static boolean isChat(RequestView request) {
        return request.dialect().equals(Dialect.OPENAI_CHAT);
    }

    private static boolean isFilled(RequestView request, String pointer) {
        return request.raw(pointer).filter(value -> !value.equals("null")).isPresent();
    }

    private static Optional<Double> number(String json) {
        try {
            return Optional.of(Double.parseDouble(json));
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    private static String named(String choice) {
        return read(choice).path("function").path("name").asText();
    }

    private static List<Edit> only(String tool, String tools) {
        List<Edit> edits = new ArrayList<>();
        StreamSupport.stream(read(tools).spliterator(), false)
                .filter(each -> each.path("function").path("name").asText().equals(tool))
                .findFirst()
                .ifPresent(each -> {
                    edits.add(Edit.replace("/tools", "[" + each + "]"));
                    edits.add(Edit.replace("/tool_choice", "\"required\""));
                });
        return edits;
    }

    private static JsonNode read(String json) {
        try {
            return Trees.JSON.readTree(json);
        } catch (JsonProcessingException odd) {
            return MissingNode.getInstance();
        }
    }
}
