package dev.signalbox.guard.memory;

/** What a context takes of which nobody tells what a token takes: rather too much than too little. */
final class TokenGuess {

    /** What servers need beside the file of a model for a context as they usually give: a fifth of it. */
    private static final long SHARE_FOR_CONTEXT = 5;

    /** So large a context has a place in that share. */
    private static final long USUAL_CONTEXT = 8_192;

    private TokenGuess() {}

    /**
     * Of each token. Where a model was seen that is larger than its file, all of the rest counts as what its context takes.
     *
     * @param file how large its file is; 0 if nobody knows
     * @param loaded what it took when it was seen loaded; 0 if nobody knows
     * @param context with which context; 0 if nobody knows
     */
    static long each(long file, long loaded, long context) {
        return file > 0 && loaded > file && context > 0
                ? Math.ceilDiv(loaded - file, context)
                : Math.ceilDiv(file > 0 ? file : loaded, SHARE_FOR_CONTEXT * USUAL_CONTEXT);
    }

    /**
     * Of all of a model that was never seen.
     *
     * @param context with which it is to be loaded; 0 if that is its server's business
     */
    static long all(long file, long context) {
        return file / SHARE_FOR_CONTEXT + Sizes.saturated(each(file, 0, 0), Math.max(0, context - USUAL_CONTEXT));
    }
}
