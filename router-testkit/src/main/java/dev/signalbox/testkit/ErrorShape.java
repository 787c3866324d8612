package dev.signalbox.testkit;

/** The envelopes in which runtimes put what went wrong. */
public enum ErrorShape {

    /** {@code {"error":{"message","type","param":null,"code":null}}}: OpenAI, Ollama under {@code /v1}. */
    NESTED {
        @Override
        public String body(int status, String type, String message) {
            return Json.object(
                            "error",
                            Json.object("message", message, "type", type, "param", Json.NULL, "code", Json.NULL))
                    .json();
        }
    },

    /** {@code {"error":{"message","type","code":400}}}: llama.cpp, LocalAI. */
    NUMBERED {
        @Override
        public String body(int status, String type, String message) {
            return Json.object("error", Json.object("code", status, "message", message, "type", type))
                    .json();
        }
    },

    /** {@code {"error":{"message","type","param":null,"code":400}}}: vLLM. */
    NUMBERED_PARAM {
        @Override
        public String body(int status, String type, String message) {
            return Json.object(
                            "error", Json.object("message", message, "type", type, "param", Json.NULL, "code", status))
                    .json();
        }
    },

    /** {@code {"error":"text"}}: Ollama, mlx_lm, LM Studio at times. */
    TEXT {
        @Override
        public String body(int status, String type, String message) {
            return Json.object("error", message).json();
        }
    },

    /** {@code {"error":"text","error_type":"validation"}}: TGI. */
    TYPED_TEXT {
        @Override
        public String body(int status, String type, String message) {
            return Json.object("error", message, "error_type", type).json();
        }
    },

    /** {@code {"object":"error","message",…}} without an envelope: SGLang. */
    FLAT {
        @Override
        public String body(int status, String type, String message) {
            return Json.object("object", "error", "message", message, "type", type, "param", Json.NULL, "code", status)
                    .json();
        }
    },

    /** {@code {"detail":"text"}}: servers made with FastAPI. */
    DETAIL {
        @Override
        public String body(int status, String type, String message) {
            return Json.object("detail", message).json();
        }
    },

    /** {@code {"type":"error","error":{"type","message"}}}: Anthropic. */
    ANTHROPIC {
        @Override
        public String body(int status, String type, String message) {
            return Json.object(
                            "type", "error",
                            "error", Json.object("type", type, "message", message),
                            "request_id", "req_1")
                    .json();
        }
    },

    /** {@code {"error":{…,"message":"…"}}} as text inside {@code error}: Ollama about the server inside it. */
    NESTED_TEXT {
        @Override
        public String body(int status, String type, String message) {
            return TEXT.body(status, type, NUMBERED.body(status, type, message));
        }
    };

    /** The body of a reply that says that. */
    public abstract String body(int status, String type, String message);
}
