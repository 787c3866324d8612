package dev.signalbox.server;

/** Where the program begins. */
public final class Main {

    private Main() {}

    /**
     * Prints the version.
     *
     * @param arguments what stands behind the command; not looked at
     */
    public static void main(String[] arguments) {
        System.out.println("signalbox " + version());
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
