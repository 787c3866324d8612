package dev.signalbox.matcher.standard;

import static dev.signalbox.matcher.standard.Made.matcher;
import static dev.signalbox.matcher.standard.Made.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LanguageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Please explain what this does and why it is slow | english",
                "Fix the bug | english",
                "Wie kann ich die Liste nach dem zweiten Feld sortieren? | german",
                "Comment puis-je trier cette liste avec une fonction ? | french",
                "¿Cómo puedo ordenar la lista por el segundo campo? | spanish",
                "Come posso ordinare questa lista con una funzione? | italian",
                "Como ordenar a lista com você em uma função? Não sei | portuguese",
                "Hoe kan ik deze lijst sorteren met het tweede veld? | dutch",
                "Jak posortować tę listę, która jest w pliku? | polish",
                "Bu liste için bir fonksiyon nasıl yazılır? | turkish",
                "请解释 ConcurrentHashMap 的实现原理 | chinese",
                "このコードは何をしますか | japanese",
                "이 코드를 설명해 주세요 | korean",
                "Объясни, что делает этот код | russian",
                "Поясни, що робить цей код і чому її немає | ukrainian",
                "Εξήγησε αυτόν τον κώδικα | greek",
                "اشرح هذا الكود | arabic",
                "הסבר את הקוד הזה | hebrew",
                "อธิบายโค้ดนี้ | thai",
                "इस कोड को समझाइए | hindi",
            })
    void a_message_has_the_language_of_its_letters_or_small_words(String text, String language) {
        assertThat(matcher("language", language).matches(TestRequest.saying(text)))
                .as("seen: %s", matcher("language", language).seen(TestRequest.saying(text)))
                .isTrue();
        assertThat(matcher("language", language).seen(TestRequest.saying(text))).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "Refactor ConcurrentHashMap", "kubectl rollout status"})
    void what_has_no_sign_of_a_language_has_none(String text) {
        assertThat(matcher("language", "english").seen(TestRequest.saying(text)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "java, java",
        "JS, javascript",
        "py, python",
        "c++, cpp",
        "c#, csharp",
        "sh, bash",
        "yml, yaml",
        "tsx, typescript"
    })
    void a_block_has_the_language_behind_its_fence(String label, String language) {
        TestRequest request = TestRequest.saying("Why?\n```%s\nx\n```".formatted(label));

        assertThat(matcher("language", language).matches(request)).isTrue();
        assertThat(matcher("language", "go").matches(request)).isFalse();
    }

    @Test
    void a_block_of_one_line_has_no_name_behind_its_fence_whatever_follows_it() {
        TestRequest request = TestRequest.saying("```java```\nWhat does that do?");

        assertThat(matcher("language", "java").seen(request)).isEqualTo("english");
    }

    @Test
    void a_message_may_have_several() {
        TestRequest request = TestRequest.saying("Port this to the other language\n```java\nx\n```\n```kotlin\ny\n```");

        assertThat(matcher("language", "java").seen(request)).isEqualTo("english, java, kotlin");
        assertThat(matcher("language", List.of("rust", "kotlin")).matches(request))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "```public class A { private final int x; }``` | java",
                "```def f(self): return self.x``` | python",
                "SELECT name FROM users WHERE id = 1 | sql",
                "```fn main() { let mut x = 1; }``` | rust",
                "```func main() { if err != nil { } }``` | go",
            })
    void code_without_a_name_is_known_by_two_signs(String text, String language) {
        assertThat(matcher("language", language).matches(TestRequest.saying(text)))
                .isTrue();
    }

    @Test
    void one_sign_is_not_enough() {
        assertThat(matcher("language", "java").matches(TestRequest.saying("What does @Override mean?")))
                .isFalse();
    }

    @Test
    void code_in_a_block_says_nothing_about_the_language_of_the_words() {
        assertThat(matcher("language", "english")
                        .seen(TestRequest.saying("Erklär mir das bitte\n```text\nthe and of to is\n```")))
                .isEqualTo("german");
    }

    @Test
    void a_language_that_nobody_knows_is_refused_with_the_nearest() {
        assertThat(problem("language", "javascrpt")).endsWith("Did you mean \"javascript\"?");
    }
}
