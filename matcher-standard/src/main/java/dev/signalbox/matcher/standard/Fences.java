package dev.signalbox.matcher.standard;

import java.util.ArrayList;
import java.util.List;

/**
 * The code blocks of a text: from three backticks to the next three. What is opened and not closed is none, as half a
 * block that a client cut off says little about the whole.
 *
 * @param text the whole text
 * @param blocks the blocks in order
 */
record Fences(String text, List<Block> blocks) {

    private static final String TICKS = "```";

    /** Beyond that many, blocks are text like any other: nobody asks what the next thousand is labelled. */
    private static final int MOST = 1_000;

    /** One block, its fences included; the positions count {@code char}s. */
    record Block(int from, int to) {}

    static Fences of(String text) {
        List<Block> blocks = new ArrayList<>();
        int open = text.indexOf(TICKS);
        while (open >= 0 && blocks.size() < MOST) {
            int close = text.indexOf(TICKS, open + TICKS.length());
            if (close < 0) {
                break;
            }
            blocks.add(new Block(open, close + TICKS.length()));
            open = text.indexOf(TICKS, close + TICKS.length());
        }
        return new Fences(text, blocks);
    }

    /** The share of characters (code points, not bytes) in blocks, however many they are; 0 of an empty text. */
    static double ratio(String text) {
        long inside = 0;
        int open = text.indexOf(TICKS);
        while (open >= 0) {
            int close = text.indexOf(TICKS, open + TICKS.length());
            if (close < 0) {
                break;
            }
            inside += text.codePointCount(open, close + TICKS.length());
            open = text.indexOf(TICKS, close + TICKS.length());
        }
        return inside == 0 ? 0 : (double) inside / text.codePointCount(0, text.length());
    }

    /** The words behind the opening fences, such as {@code java}; empty where there is none, or only one line. */
    List<String> labels() {
        return blocks.stream().map(this::label).toList();
    }

    private String label(Block block) {
        int start = block.from() + TICKS.length();
        if (text.indexOf('\n', start, block.to()) < 0) {
            return "";
        }
        int end = start;
        while (end < block.to() && isLabel(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    private static boolean isLabel(char c) {
        return Character.isLetterOrDigit(c) || c == '+' || c == '#' || c == '-';
    }

    /** What stands outside of blocks, up to that many characters. */
    String outside(int most) {
        StringBuilder outside = new StringBuilder();
        int from = 0;
        for (Block block : blocks) {
            append(outside, from, block.from(), most);
            from = block.to();
        }
        append(outside, from, text.length(), most);
        return outside.toString();
    }

    private void append(StringBuilder outside, int from, int to, int most) {
        int end = (int) Math.min(to, (long) from + most - outside.length());
        if (end > from) {
            outside.append(text, from, end).append('\n');
        }
    }
}
