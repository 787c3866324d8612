package dev.signalbox.conformance;

import java.util.List;

class LangChainOpenAiClientTest extends ClientContract {

    @Override
    Library library(Signalbox signalbox, boolean eager) {
        return new LangChainOpenAi(signalbox, eager);
    }

    /** It reads {@code reasoning_content}; what servers of its own dialect call {@code reasoning} passes it by. */
    @Override
    List<String> thinking() {
        List<String> otherName = List.of("vllm/", "vllm-chat/", "ollama/", "ollama-chat/");
        return super.thinking().stream()
                .filter(target -> otherName.stream().noneMatch(target::startsWith))
                .toList();
    }
}
