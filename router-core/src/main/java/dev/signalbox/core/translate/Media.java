package dev.signalbox.core.translate;

/** What an image or a document consists of. Nothing is ever fetched. */
public sealed interface Media {

    /**
     * Its bytes.
     *
     * @param type such as {@code image/png}; empty where the dialect does not say
     * @param base64 the bytes in base64, as they were written
     */
    record Inline(String type, String base64) implements Media {

        private static final String PNG = "image/png";

        /** An image of which nobody says of which type it is: what its first bytes say. */
        static Inline image(String base64) {
            return new Inline(typeOf(base64), base64);
        }

        private static String typeOf(String base64) {
            if (base64.startsWith("/9j/")) {
                return "image/jpeg";
            }
            if (base64.startsWith("R0lGOD")) {
                return "image/gif";
            }
            return base64.startsWith("UklGR") ? "image/webp" : PNG;
        }

        /** Its type without parameters such as a charset, for dialects that want to hear nothing else. */
        String plainType() {
            int end = type.indexOf(';');
            String plain = end < 0 ? type : type.substring(0, end);
            return plain.isBlank() ? typeOf(base64) : plain;
        }

        /** As an address that holds the bytes. */
        public String dataUri() {
            return "data:" + type + ";base64," + base64;
        }
    }

    /** Where it can be found. */
    record Link(String url) implements Media {

        /** The bytes, if it is an address that holds them in base64; else the address. */
        public static Media of(String url) {
            int comma = url.indexOf(',');
            boolean inline = url.regionMatches(true, 0, "data:", 0, 5)
                    && comma > 0
                    && url.regionMatches(true, comma - 7, ";base64", 0, 7);
            return inline && comma >= 12
                    ? new Inline(url.substring(5, comma - 7), url.substring(comma + 1))
                    : new Link(url);
        }
    }

    /** Its words, of a document that is nothing else. */
    record Words(String text) implements Media {}
}
