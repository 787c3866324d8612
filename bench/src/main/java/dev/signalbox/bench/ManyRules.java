package dev.signalbox.bench;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Conditions that a request is asked for, and that hold for none. */
final class ManyRules {

    private ManyRules() {}

    /** Fifty, as an operator of many tools has them: most look at who asks for what, some at what the user says. */
    static List<String> usual() {
        return Stream.of(
                        some(20, "header: { x-repo: repository-%d }"),
                        some(8, "model-pattern: \"some-model-%d-.*\""),
                        some(6, "caller: \"tool-%d\""),
                        some(2, "has-image: yes"),
                        some(2, "tool-named: \"tool_%d\""),
                        some(8, "content-contains: \"a word that is not there %d\""),
                        some(2, "code-fence-ratio: \">= 0.%d1\""),
                        some(2, "content-regex: \"(?i)stack ?trace %d\""))
                .flatMap(each -> each)
                .toList();
    }

    /** Ten that look through everything. */
    static List<String> thorough() {
        return Stream.of(
                        some(2, "token-count: \"> 90000%d\""),
                        some(1, "language: swift"),
                        some(3, "content-contains: { text: [ \"not there %d\" ], in: whole-conversation }"),
                        some(2, "code-fence-ratio: { is: \">= 0.%d1\", in: whole-conversation }"),
                        some(2, "content-regex: { expression: \"(?i)stack ?trace %d\", in: whole-conversation }"))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<String> some(int count, String condition) {
        return IntStream.range(0, count).mapToObj(condition::formatted);
    }
}
