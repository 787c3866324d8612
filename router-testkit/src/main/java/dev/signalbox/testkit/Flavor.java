package dev.signalbox.testkit;

/** Runtimes that speak OpenAI's API, each with its own accent. */
public enum Flavor {
    OPENAI(ErrorShape.NESTED, "openai"),
    VLLM(ErrorShape.NUMBERED_PARAM, "vllm"),
    SGLANG(ErrorShape.FLAT, "sglang"),
    TGI(ErrorShape.TYPED_TEXT, "tgi"),
    LM_STUDIO(ErrorShape.TEXT, "organization_owner");

    private final ErrorShape shape;
    private final String owner;

    Flavor(ErrorShape shape, String owner) {
        this.shape = shape;
        this.owner = owner;
    }

    /** The envelope of its errors outside streams. */
    public ErrorShape errors() {
        return shape;
    }

    ChatManner manner() {
        return switch (this) {
            case OPENAI, LM_STUDIO -> new ChatManner();
            case VLLM -> new ChatManners.Vllm();
            case SGLANG -> new ChatManners.Sglang();
            case TGI -> new ChatManners.Tgi();
        };
    }

    String owner() {
        return owner;
    }

    /** The error's {@code type} for a status. */
    String typeOf(int status) {
        return switch (this) {
            case OPENAI, LM_STUDIO ->
                status == 429 ? "rate_limit_exceeded" : status < 500 ? "invalid_request_error" : "server_error";
            case VLLM ->
                switch (status) {
                    case 404 -> "NotFoundError";
                    case 501 -> "NotImplementedError";
                    default -> status < 500 ? "BadRequestError" : "InternalServerError";
                };
            case SGLANG -> status < 500 ? "BadRequest" : Integer.toString(status);
            case TGI ->
                switch (status) {
                    case 429 -> "overloaded";
                    case 424 -> "generation";
                    default -> status < 500 ? "validation" : "incomplete_generation";
                };
        };
    }

    /** The JSON of the frame that tells an error inside a stream. */
    String frameOf(int status, String message) {
        return switch (this) {
            case OPENAI -> ErrorShape.NESTED.body(status, typeOf(status), message);
            case VLLM -> ErrorShape.NUMBERED_PARAM.body(status, typeOf(status), message);
            case SGLANG ->
                Json.object("error", new Json.Verbatim(ErrorShape.FLAT.body(status, typeOf(status), message)))
                        .json();
            case TGI ->
                Json.object("error", Json.object("message", message, "http_status_code", 422))
                        .json();
            case LM_STUDIO -> ErrorShape.TEXT.body(status, typeOf(status), message);
        };
    }

    /** Whether an error inside a stream is followed by the usual end mark. */
    boolean marksEndOfFailure() {
        return this == VLLM || this == SGLANG || this == TGI;
    }

    /** Whether an error of that status is told inside a 200 if a stream was asked for. */
    boolean opensStreamBefore(int status) {
        return this == TGI || ((this == VLLM || this == SGLANG) && status >= 500);
    }
}
