package dev.signalbox.server;

import dev.signalbox.server.cli.Signalbox;

/** Where the program begins. */
public final class Main {

    private Main() {}

    /** Runs a command; ends the process with 0 if it did what it was asked, 1 if it could not, 2 if it was not understood. */
    public static void main(String[] arguments) {
        int code = Signalbox.run(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }
}
