package dev.signalbox.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Sends requests somewhere. Closed. */
public sealed interface Rule {

    /** What traces call it: {@code rule 3} where it has no name of its own. */
    String name();

    /** Whether it is asked before anything the request names. */
    boolean always();

    /**
     * If a condition holds.
     *
     * @param name what traces call it
     * @param when the condition
     * @param use where it leads
     * @param always whether it is asked before anything the request names
     */
    record If(String name, Condition when, Use use, boolean always) implements Rule {}

    /**
     * By the class a classifier finds; one that it finds none for goes on to the next rule.
     *
     * @param name what traces call it
     * @param by the classifier's name under {@code classifiers}
     * @param into where each class leads
     */
    record ByClass(String name, String by, SequencedMap<String, Use> into) implements Rule {

        public ByClass {
            into = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(into));
        }

        /** Never: it may ask somebody, which nobody who names a target should wait for. */
        @Override
        public boolean always() {
            return false;
        }
    }
}
