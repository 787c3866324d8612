package dev.signalbox.api.frame;

import java.util.Locale;
import java.util.Optional;

/** The two ways in which model servers cut a stream into frames. */
public enum Framing {

    /** Server-sent events: blocks of {@code field: value} lines, each block ended by an empty line. */
    SSE {
        @Override
        public FrameParser parser(int limit) {
            return new SseParser(limit);
        }

        @Override
        Frame.Kind kindOf(byte[] raw) {
            return SseFields.kindOf(raw);
        }

        @Override
        byte[] dataOf(byte[] raw) {
            return SseFields.dataOf(raw);
        }
    },

    /** One JSON document per line. */
    NDJSON {
        @Override
        public FrameParser parser(int limit) {
            return new NdjsonParser(limit);
        }

        @Override
        Frame.Kind kindOf(byte[] raw) {
            return NdjsonParser.kindOf(raw);
        }

        @Override
        byte[] dataOf(byte[] raw) {
            return NdjsonParser.dataOf(raw);
        }
    };

    /** How many bytes one frame may have unless told otherwise: 16 MiB, enough for an image in base64. */
    public static final int DEFAULT_LIMIT = 16 * 1024 * 1024;

    /** Tells the framing from a {@code Content-Type} value; parameters and case do not matter. Empty if it is neither. */
    public static Optional<Framing> of(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "text/event-stream" -> Optional.of(SSE);
            case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines" ->
                Optional.of(NDJSON);
            default -> Optional.empty();
        };
    }

    /** Makes a parser for one stream, with the {@linkplain #DEFAULT_LIMIT usual limit}. */
    public FrameParser parser() {
        return parser(DEFAULT_LIMIT);
    }

    /**
     * Makes a parser for one stream.
     *
     * @param limit how many bytes one frame may have at most, at least 1
     */
    public abstract FrameParser parser(int limit);

    abstract Frame.Kind kindOf(byte[] raw);

    abstract byte[] dataOf(byte[] raw);
}
