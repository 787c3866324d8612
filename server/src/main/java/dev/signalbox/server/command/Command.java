package dev.signalbox.server.command;

import java.util.List;

/** Something the program can be asked to do. One instance is asked once. */
public interface Command {

    /** The word it is asked by. */
    String name();

    /** What it does, in a sentence or two. */
    String doc();

    /** What may follow its name; positions in their order. */
    List<Argument<?>> arguments();

    /** Whether help leaves it out: it is for the program itself. */
    default boolean hidden() {
        return false;
    }

    /**
     * Does it, on the thread that asks.
     *
     * @param given what followed its name, all of it read and checked
     * @return the code the process ends with, 0 if it did what it was asked
     * @throws RuntimeException if it could not; whoever made the command line puts that into words
     */
    int run(Given given, Console console) throws InterruptedException;
}
