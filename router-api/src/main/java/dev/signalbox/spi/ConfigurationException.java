package dev.signalbox.spi;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used. Its message lists every problem with its place. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problems.Problem> problems;

    /** All of these problems; at least one. */
    public ConfigurationException(List<Problems.Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /** One problem. */
    public ConfigurationException(Where where, String message) {
        this(List.of(new Problems.Problem(where, message)));
    }

    /** The problems, by line. */
    public List<Problems.Problem> problems() {
        return problems;
    }

    private static String text(List<Problems.Problem> problems) {
        String head = problems.size() == 1
                ? "The configuration has 1 problem."
                : "The configuration has %d problems.".formatted(problems.size());
        return problems.stream()
                .map(problem -> "  %s%n    %s".formatted(problem.where(), problem.message()))
                .collect(Collectors.joining(System.lineSeparator(), head + "%n%n".formatted(), ""));
    }
}
