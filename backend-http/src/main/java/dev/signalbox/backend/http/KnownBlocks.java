package dev.signalbox.backend.http;

import dev.signalbox.backend.http.Blocks.Block;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which blocks of Anthropic's messages a server knows. Immutable. */
public final class KnownBlocks {

    private static final String RESULT = "tool_result";

    private final Set<String> inMessages;
    private final Set<String> inResults;
    private final Pattern sign;

    private KnownBlocks(Set<String> inMessages, Set<String> inResults) {
        this.inMessages = Set.copyOf(inMessages);
        this.inResults = Set.copyOf(inResults);
        String all = Stream.concat(inMessages.stream(), inResults.stream())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.sign = Pattern.compile("\"type\"\\s*+:\\s*+\"(?!(?:" + all + ")\")");
    }

    /**
     * Those that a server knows; texts are known to all.
     *
     * @param inMessages by their types, in messages
     * @param inResults by their types, in the results of tools
     */
    public static KnownBlocks of(Set<String> inMessages, Set<String> inResults) {
        return new KnownBlocks(inMessages, inResults);
    }

    /** What stands wherever a block is that no message may have; it may stand elsewhere too. */
    Pattern sign() {
        return sign;
    }

    /** Hands over those of a message that are unknown. */
    void unknown(Glance message, Consumer<Block> each) {
        for (Block block : message.blocks().noted()) {
            if (isUnknown(block, inMessages)) {
                each.accept(block);
            } else if (block.type().equals(RESULT)) {
                block.inside().of(inner -> isUnknown(inner, inResults)).forEach(each);
            }
        }
    }

    /** What does not say what it is, is left to the server to complain of. */
    private static boolean isUnknown(Block block, Set<String> known) {
        return !block.type().isEmpty() && !known.contains(block.type());
    }
}
