package dev.signalbox.core.dialect;

import dev.signalbox.api.Body;
import dev.signalbox.api.Caller;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.core.json.JsonIndex;
import dev.signalbox.core.json.Splice;
import dev.signalbox.spi.RequestView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request whose facts are read. Any thread may ask; what needs the body again is read on first demand and kept where
 * there is room. It throws {@link UncheckedIOException} if the body cannot be read any more, and {@link ReadingRefused}
 * if there is no memory for what it says.
 */
public final class ParsedRequest implements RequestView {

    private static final Set<Capability> PREFERRED = Set.of(Capability.TOOLS, Capability.REASONING);
    private static final int BYTES_OF_A_TOKEN = 4;

    private final RouteRequest original;
    private final JsonIndex index;
    private final RequestShape shape;
    private final String model;
    private final String profile;
    private final Facts facts;
    private final Readings readings;
    private final Recall recall;
    private final Lazy<String> session;
    private final Lazy<List<String>> tools;
    private final Lazy<Set<Capability>> needs;
    private final Lazy<Long> tokens;
    private final Lazy<Allowance> allowance;
    private volatile OptionalLong roughly = OptionalLong.empty(); // the request's thread writes

    ParsedRequest(
            RouteRequest original,
            JsonIndex index,
            RequestShape shape,
            String model,
            String profile,
            boolean streamed,
            Readings readings) {
        this.original = original;
        this.index = index;
        this.shape = shape;
        this.model = model;
        this.profile = profile;
        this.readings = readings.lent(original.cancellation());
        this.recall = new Recall(original.body(), shape, this.readings);
        this.facts = new BodyFacts(original.body(), index, recall, streamed);
        ReentrantLock turn = new ReentrantLock();
        this.session = new Lazy<>(turn, () -> new Ties(original.headers(), facts).session());
        this.tools = new Lazy<>(turn, () -> List.copyOf(shape.tools(facts)));
        this.needs = new Lazy<>(turn, () -> Set.copyOf(shape.needs(facts)));
        this.tokens = new Lazy<>(turn, () -> Texts.tokens(facts));
        this.allowance =
                new Lazy<>(turn, () -> new Allowance(shape.maxTokens(facts), Math.max(1, shape.answers(facts))));
    }

    /** What the model may say: so many tokens, so often. Guards ask for it for each target. */
    private record Allowance(OptionalLong tokens, long answers) {}

    /** Throws if a member that the router reads has no meaning. */
    void check() throws BadRequest {
        shape.check(facts);
    }

    /** The text of a top-level string; empty if it is not there or no string. */
    public String text(String name) {
        String known = index.text(name); // where the first pass has kept it
        return known.isEmpty() ? facts.tree(name).asText("") : known;
    }

    /** The same with one header replaced or added; what was read of the body beyond its outline is read again. */
    public ParsedRequest withHeader(String name, String value) {
        RouteRequest changed = original.withHeader(name, value);
        return new ParsedRequest(changed, index, shape, model, profile, facts.streamed(), readings.keepingNothing());
    }

    /** The request as it came. */
    public RouteRequest original() {
        return original;
    }

    /** What its texts may take of the memory, and how long it may wait for it. */
    public Readings readings() {
        return readings;
    }

    /** Says when all must have ended: nobody waits for memory beyond that. */
    public void endsBy(Deadline deadline) {
        readings.endsBy(deadline);
    }

    /** Begins several questions in a row, which need a large body read but once. */
    public Reading reading() {
        return recall.begin();
    }

    /** Lets go of the texts: whoever asks for them later has them read again, if the body is still there. */
    public void forget() {
        recall.forget();
    }

    /**
     * Says that the body will soon be gone. From then on the prompt counts for a token every four bytes, unless it was
     * looked at; data of images has too many bytes for that, so a request with some is looked at now.
     */
    public void bodyGoes() {
        if (index.marked(Marks.SENSES) || index.filled("images")) {
            approximateTokens();
        } else {
            roughly = OptionalLong.of(original.body().size() / BYTES_OF_A_TOKEN);
        }
    }

    /** The profile that the body asks for in our own field; empty if it does not. */
    public Optional<String> profile() {
        return Optional.of(profile).filter(name -> !name.isEmpty());
    }

    /** The body with these edits made; shares the bytes of the original and closes it when it is closed. */
    public Body edited(List<Edit> edits) {
        try {
            return Splice.apply(original.body(), index, edits);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether the answer will report its tokens to the client as things stand. */
    public boolean asksUsage() {
        return shape.asksUsage(facts);
    }

    /** {@link #approximateTokens} if somebody has asked for it already; reads nothing. */
    public OptionalLong estimatedTokens() {
        return tokens.known().map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /** The same, or what the size tells; reads nothing. */
    public long roughTokens() {
        return estimatedTokens().orElse(original.body().size() / BYTES_OF_A_TOKEN);
    }

    @Override
    public Dialect dialect() {
        return original.dialect();
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public boolean streamed() {
        return facts.streamed();
    }

    @Override
    public long size() {
        return original.body().size();
    }

    @Override
    public Headers headers() {
        return original.headers();
    }

    @Override
    public Caller caller() {
        return original.caller();
    }

    @Override
    public List<Message> messages() {
        return recall.said().messages();
    }

    @Override
    public String lastUserText() {
        return Texts.lastOf("user", facts.conversation().utterances());
    }

    @Override
    public String wholeText() {
        return recall.said().wholeText();
    }

    @Override
    public List<String> tools() {
        return tools.get();
    }

    @Override
    public List<ToolCall> toolCalls() {
        return facts.conversation().calls();
    }

    @Override
    public int images() {
        return facts.images().size();
    }

    @Override
    public Set<Capability> needs() {
        return needs.get();
    }

    /**
     * What it matters to it that a target is known to do, while one of which that is unknown may be tried too: calling
     * tools, thinking, keeping a prompt.
     */
    public Set<Capability> prefers() {
        Set<Capability> prefers = EnumSet.noneOf(Capability.class);
        prefers.addAll(needs());
        prefers.retainAll(PREFERRED);
        if (index.marked(Marks.CACHE)) {
            prefers.add(Capability.PROMPT_CACHE);
        }
        return prefers;
    }

    @Override
    public long approximateTokens() {
        OptionalLong rough = roughly;
        return rough.isPresent() ? tokens.known().orElseGet(rough::getAsLong) : tokens.get();
    }

    @Override
    public OptionalLong maxTokens() {
        return allowance.get().tokens();
    }

    @Override
    public long answers() {
        return allowance.get().answers();
    }

    @Override
    public String session() {
        return session.get();
    }

    @Override
    public List<String> members() {
        List<String> names = new ArrayList<>(index.members().size());
        index.members().forEach(member -> names.add(member.name()));
        return Collections.unmodifiableList(names);
    }

    @Override
    public boolean isNull(String member) {
        return index.member(member).isPresent() && index.present(member).isEmpty();
    }

    @Override
    public Optional<String> raw(String pointer) {
        return facts.raw(pointer);
    }

    @Override
    public Optional<InputStream> open(String pointer) {
        return facts.open(pointer);
    }

    /** Whether the system speaks after somebody else has. */
    public boolean hasLaterSystem() {
        return !facts.conversation().laterSystems().isEmpty();
    }

    /** The edits that change what it says. */
    public RequestEdits edits() {
        return new RequestEdits(original.body(), index, shape, facts);
    }

    @Override
    public List<Edit> appendInstruction(String text) {
        return edits().directing(Directive.appending(text), List.of());
    }

    @Override
    public List<Edit> drop(Capability capability) {
        return edits().without(capability);
    }
}
