package dev.signalbox.matcher.standard;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Guesses in which language people wrote something. */
final class NaturalLanguage {

    /** Of a text in Latin letters, at least one word in so many must be one of a language's small words. */
    private static final int ONE_WORD_IN = 12;

    /** A text has the language of foreign letters from this share on: names and code in it are mostly Latin. */
    private static final double ENOUGH = 0.3;

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}']+");

    private static final Map<String, Set<String>> SMALL_WORDS = smallWords(
            "english the and of to is that it for with this are you what how please can not from write my have does",
            "german der die das und ist nicht ein eine mit den für auf wie ich bitte kann wird zu dem sich von was mir",
            "french le la les des est une pour dans que qui avec sur pas vous je ce cette comment et du plus mon",
            "spanish el la los las que es una para con por como está del se lo mi más pero y cómo qué puedes",
            "italian il lo gli che è una per con non come del della di sono mi questo questa più ma perché puoi",
            "portuguese o os que é uma para com não como do da em um se mais por você meu isso está são",
            "dutch de het een en van dat niet met voor op zijn hoe ik kan wat te maar deze ook mijn naar",
            "polish nie jest się na że do jak to z w czy dla proszę mi co ale który przez jestem",
            "turkish bir ve bu için ne nasıl mi değil ile var çok daha ben olarak lütfen gibi");

    private static final Map<UnicodeScript, String> BY_LETTERS = new EnumMap<>(Map.of(
            UnicodeScript.HAN, "chinese",
            UnicodeScript.HIRAGANA, "japanese",
            UnicodeScript.HANGUL, "korean",
            UnicodeScript.CYRILLIC, "russian",
            UnicodeScript.GREEK, "greek",
            UnicodeScript.ARABIC, "arabic",
            UnicodeScript.HEBREW, "hebrew",
            UnicodeScript.THAI, "thai",
            UnicodeScript.DEVANAGARI, "hindi"));

    private NaturalLanguage() {}

    private static Map<String, Set<String>> smallWords(String... lines) {
        Map<String, Set<String>> words = new LinkedHashMap<>();
        for (String line : lines) {
            List<String> parts = List.of(line.split(" "));
            words.put(parts.getFirst(), Set.copyOf(parts.subList(1, parts.size())));
        }
        return words;
    }

    /** Every answer there is. */
    static List<String> names() {
        return Stream.of(SMALL_WORDS.keySet().stream(), BY_LETTERS.values().stream(), Stream.of("ukrainian"))
                .flatMap(names -> names)
                .sorted()
                .toList();
    }

    /** The language, if there is a sign of one. */
    static Optional<String> of(String text) {
        Map<UnicodeScript, Integer> letters = letters(text);
        int all = letters.values().stream().mapToInt(Integer::intValue).sum();
        return letters.entrySet().stream()
                .filter(each -> BY_LETTERS.containsKey(each.getKey()))
                .filter(each -> each.getValue() >= ENOUGH * all)
                .max(Map.Entry.comparingByValue())
                .map(each -> byLetters(each.getKey(), letters, text))
                .or(() -> bySmallWords(text));
    }

    /** Counts letters; one of the scripts without spaces counts for three, as it says about as much. */
    private static Map<UnicodeScript, Integer> letters(String text) {
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        text.codePoints().filter(Character::isLetter).forEach(c -> {
            UnicodeScript script = UnicodeScript.of(c);
            boolean dense = script == UnicodeScript.HAN || script == UnicodeScript.HANGUL || isKana(script);
            letters.merge(isKana(script) ? UnicodeScript.HIRAGANA : script, dense ? 3 : 1, Integer::sum);
        });
        return letters;
    }

    private static boolean isKana(UnicodeScript script) {
        return script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA;
    }

    private static String byLetters(UnicodeScript script, Map<UnicodeScript, Integer> letters, String text) {
        if (script == UnicodeScript.HAN
                && 10 * letters.getOrDefault(UnicodeScript.HIRAGANA, 0) > letters.getOrDefault(script, 0)) {
            return "japanese";
        }
        if (script == UnicodeScript.CYRILLIC && count(text, "іїєґІЇЄҐ") > count(text, "ыэъёЫЭЪЁ")) {
            return "ukrainian";
        }
        return BY_LETTERS.getOrDefault(script, "");
    }

    private static long count(String text, String letters) {
        return text.chars().filter(c -> letters.indexOf(c) >= 0).count();
    }

    private static Optional<String> bySmallWords(String text) {
        List<String> words = Arrays.stream(NO_LETTERS.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .toList();
        Map<String, Long> hits = SMALL_WORDS.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> words.stream().filter(each.getValue()::contains).count()));
        return Best.of(hits).filter(best -> hits.getOrDefault(best, 0L) * ONE_WORD_IN >= words.size());
    }
}
