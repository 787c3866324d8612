package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.Caller;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.Headers;
import dev.signalbox.spi.RequestView;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A request for the tests of plugins, read from a body as the engine would read it. Immutable.
 *
 * <p>{@snippet :
 * RequestView request = TestRequest.saying("Write a haiku").header("x-team", "legal").tokens(12);
 * RequestView other = TestRequest.of(Dialect.OLLAMA_CHAT, "{\"model\":\"m\",\"messages\":[]}");
 * }
 */
public final class TestRequest implements RequestView {

    private final Dialect dialect;
    private final String text;
    private final Json body;
    private final Headers headers;
    private final Caller caller;
    private final OptionalLong tokens;
    private final Optional<Set<Capability>> needs;

    private TestRequest(
            Dialect dialect,
            String text,
            Headers headers,
            Caller caller,
            OptionalLong tokens,
            Optional<Set<Capability>> needs) {
        this.dialect = dialect;
        this.text = text;
        this.body = Json.read(text);
        this.headers = headers;
        this.caller = caller;
        this.tokens = tokens;
        this.needs = needs;
    }

    /** A chat of one user message to the model {@code auto}, in the dialect {@code openai.chat}. */
    public static TestRequest saying(String words) {
        return of(
                Dialect.OPENAI_CHAT,
                Json.object("model", "auto", "messages", List.of(Json.object("role", "user", "content", words)))
                        .json());
    }

    /**
     * Any body.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    public static TestRequest of(Dialect dialect, String json) {
        return new TestRequest(dialect, json, Headers.none(), Caller.ANONYMOUS, OptionalLong.empty(), Optional.empty());
    }

    /** The same request with one more header. */
    public TestRequest header(String name, String value) {
        return new TestRequest(dialect, text, headers.and(name, value), caller, tokens, needs);
    }

    /** The same request from somebody else. */
    public TestRequest by(String name) {
        return new TestRequest(dialect, text, headers, new Caller(name, Set.of()), tokens, needs);
    }

    /** The same request, said to have so many tokens; otherwise a quarter of its text's length is. */
    public TestRequest tokens(long count) {
        return new TestRequest(dialect, text, headers, caller, OptionalLong.of(count), needs);
    }

    /** The same request, said to need just this; otherwise its shape tells. */
    public TestRequest needing(Capability... capabilities) {
        return new TestRequest(dialect, text, headers, caller, tokens, Optional.of(Set.of(capabilities)));
    }

    /** The body as it was given. */
    public String json() {
        return text;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String model() {
        return body.text("/model").strip();
    }

    @Override
    public boolean streamed() {
        return body.flag("/stream", dialect.family().equals("ollama"));
    }

    @Override
    public long size() {
        return text.getBytes(UTF_8).length;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public List<Message> messages() {
        return Conversation.messages(body);
    }

    @Override
    public String lastUserText() {
        return messages().reversed().stream()
                .filter(message -> message.role().equals("user"))
                .findFirst()
                .map(Message::text)
                .orElse("");
    }

    @Override
    public String wholeText() {
        return messages().stream().map(Message::text).collect(Collectors.joining("\n"));
    }

    @Override
    public List<String> tools() {
        return body.items("/tools").stream()
                .map(tool -> tool.text(tool.at("/function").isPresent() ? "/function/name" : "/name"))
                .toList();
    }

    @Override
    public List<ToolCall> toolCalls() {
        return Conversation.toolCalls(body);
    }

    @Override
    public int images() {
        return messages().stream().mapToInt(Message::images).sum();
    }

    @Override
    public Set<Capability> needs() {
        return needs.orElseGet(this::shapeNeeds);
    }

    /** As many as it was said to have, if it was. */
    @Override
    public OptionalLong mostTokens() {
        return tokens.isPresent() && images() == 0 ? tokens : RequestView.super.mostTokens();
    }

    @Override
    public long approximateTokens() {
        return tokens.orElseGet(() -> (wholeText().length() + 3) / 4);
    }

    @Override
    public OptionalLong maxTokens() {
        return counts("/max_completion_tokens", "/max_tokens", "/options/num_predict")
                .findFirst();
    }

    @Override
    public long answers() {
        return Math.max(1, counts("/n", "/best_of").max().orElse(1));
    }

    private LongStream counts(String... pointers) {
        return Stream.of(pointers)
                .flatMap(pointer -> body.at(pointer).stream())
                .map(Json::raw)
                .filter(raw -> raw.matches("[0-9]{1,18}"))
                .mapToLong(Long::parseLong);
    }

    @Override
    public String session() {
        return Stream.concat(
                        headers.first("X-Signalbox-Session").stream(),
                        Stream.of("/prompt_cache_key", "/user", "/safety_identifier", "/metadata/user_id")
                                .map(body::text))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public List<String> members() {
        return body instanceof Json.Members members
                ? List.copyOf(members.values().keySet())
                : List.of();
    }

    @Override
    public Optional<String> raw(String pointer) {
        return body.at(pointer).map(Json::raw);
    }

    /** A system message in front of all others. */
    @Override
    public List<Edit> appendInstruction(String instruction) {
        return List.of(Edit.insert(
                "/messages/0",
                Json.object("role", "system", "content", instruction).json()));
    }

    @Override
    public List<Edit> drop(Capability capability) {
        return capability == Capability.TOOLS && body.at("/tools").isPresent()
                ? List.of(Edit.remove("/tools").dropping("tools"))
                : List.of();
    }

    private Set<Capability> shapeNeeds() {
        Set<Capability> shape = EnumSet.noneOf(Capability.class);
        switch (dialect.id()) {
            case "openai.embeddings", "ollama.embed", "ollama.embeddings" -> shape.add(Capability.EMBEDDINGS);
            case "openai.completions" -> shape.add(Capability.COMPLETIONS);
            case "openai.rerank" -> shape.add(Capability.RERANK);
            default -> shape.add(Capability.CHAT);
        }
        if (!tools().isEmpty()) {
            shape.add(Capability.TOOLS);
        }
        if (images() > 0) {
            shape.add(Capability.VISION);
        }
        return Set.copyOf(shape);
    }
}
