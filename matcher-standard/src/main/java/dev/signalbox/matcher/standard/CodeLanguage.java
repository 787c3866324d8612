package dev.signalbox.matcher.standard;

import dev.signalbox.matcher.standard.Fences.Block;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tells which programming languages a text holds. */
final class CodeLanguage {

    private static final int FEWEST_SIGNS = 2;
    private static final int MOST_READ = 20_000;

    /** Each language with the names it has behind a fence, beside its own. */
    private static final Map<String, List<String>> ALSO = new TreeMap<>(Map.ofEntries(
            Map.entry("bash", List.of("sh", "shell", "zsh", "console")),
            Map.entry("c", List.of("h")),
            Map.entry("cpp", List.of("c++", "cc", "cxx", "hpp")),
            Map.entry("csharp", List.of("cs", "c#")),
            Map.entry("css", List.of("scss")),
            Map.entry("go", List.of("golang")),
            Map.entry("html", List.of("htm")),
            Map.entry("java", List.of()),
            Map.entry("javascript", List.of("js", "jsx", "mjs")),
            Map.entry("json", List.of("jsonc")),
            Map.entry("kotlin", List.of("kt", "kts")),
            Map.entry("php", List.of()),
            Map.entry("python", List.of("py", "python3")),
            Map.entry("ruby", List.of("rb")),
            Map.entry("rust", List.of("rs")),
            Map.entry("scala", List.of()),
            Map.entry("sql", List.of("mysql", "postgresql", "plsql")),
            Map.entry("swift", List.of()),
            Map.entry("typescript", List.of("ts", "tsx")),
            Map.entry("xml", List.of()),
            Map.entry("yaml", List.of("yml"))));

    private static final Map<String, String> BY_LABEL = byLabel();

    /** Signs that hardly stand in prose; at least two different ones must be there. */
    private static final Map<String, List<String>> SIGNS = Map.ofEntries(
            signs("bash", "#!/bin/", "| grep ", "sudo ", "echo \"", "$(", "export "),
            signs("c", "#include <std", "printf(", "malloc(", "int main(", "sizeof("),
            signs("cpp", "std::", "#include <iostream", "nullptr", "template <", "cout <<"),
            signs("csharp", "using System", "Console.Write", "async Task", "{ get; set; }", "namespace "),
            signs("go", "package main", "func (", "func main(", "err != nil", ":= ", "fmt."),
            signs("html", "<!DOCTYPE html", "<html", "<div", "</div>", "<body"),
            signs(
                    "java",
                    "public class ",
                    "public static void ",
                    "private final ",
                    "import java.",
                    "System.out.",
                    "@Override"),
            signs("javascript", "const ", "=> {", "console.log(", "function(", "require(", " === "),
            signs("kotlin", "fun main(", "data class ", "suspend fun ", "println(", "companion object"),
            signs("php", "<?php", "$this->", "echo $", "function __construct"),
            signs("python", "def ", "elif ", "self.", "__init__", "import numpy", "print(", "):\n"),
            signs("ruby", "attr_accessor", ".each do |", "puts ", "\nend", "def initialize"),
            signs("rust", "fn main()", "let mut ", "println!(", "impl ", "pub fn ", "&mut ", "-> Result<"),
            signs("sql", "SELECT ", " FROM ", "WHERE ", "INSERT INTO ", "CREATE TABLE ", "GROUP BY "),
            signs("swift", "import SwiftUI", "guard let ", "some View", "@State ", "func body"),
            signs("typescript", ": string", ": number", "export interface ", "export type ", ": boolean"));

    private CodeLanguage() {}

    private static Map.Entry<String, List<String>> signs(String language, String... signs) {
        return Map.entry(language, List.of(signs));
    }

    private static Map<String, String> byLabel() {
        Map<String, String> labels = new HashMap<>();
        ALSO.forEach((language, others) -> {
            labels.put(language, language);
            others.forEach(other -> labels.put(other, language));
        });
        return labels;
    }

    /** Every answer there is. */
    static List<String> names() {
        return List.copyOf(ALSO.keySet());
    }

    /** The languages named behind fences, and what all other blocks and the text outside look like. */
    static Set<String> of(Fences fences, String outside) {
        Set<String> languages = new LinkedHashSet<>();
        StringBuilder unnamed = new StringBuilder(outside);
        List<String> labels = fences.labels();
        for (int i = 0; i < labels.size(); i++) {
            String language = BY_LABEL.getOrDefault(labels.get(i).toLowerCase(Locale.ROOT), "");
            if (!language.isEmpty()) {
                languages.add(language);
            } else {
                append(unnamed, fences.text(), fences.blocks().get(i));
            }
        }
        bySigns(unnamed.toString()).ifPresent(languages::add);
        return languages;
    }

    private static void append(StringBuilder code, String text, Block block) {
        code.append(text, block.from(), Math.min(block.to(), block.from() + Math.max(0, MOST_READ - code.length())));
    }

    private static Optional<String> bySigns(String code) {
        Map<String, Long> seen = new HashMap<>();
        SIGNS.forEach((language, signs) -> {
            long count = signs.stream().filter(code::contains).count();
            seen.put(language, count < FEWEST_SIGNS ? 0 : count);
        });
        return Best.of(seen);
    }
}
