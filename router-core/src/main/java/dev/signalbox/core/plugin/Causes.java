package dev.signalbox.core.plugin;

import java.lang.reflect.InvocationTargetException;
import java.util.ServiceConfigurationError;
import java.util.regex.Pattern;

/** Says in words why a plugin could not be loaded. */
final class Causes {

    private static final int LONGEST = 300;
    private static final Pattern SERVICES = Pattern.compile("\\S+META-INF/services/[^:\\s]*");
    private static final Pattern CLASS_NAME = Pattern.compile("[\\w/.$]+");

    private Causes() {}

    static String inWords(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wraps = thrown instanceof ServiceConfigurationError
                || thrown instanceof InvocationTargetException
                || thrown instanceof ExceptionInInitializerError;
        if (wraps && cause != null) {
            return inWords(cause);
        }
        return switch (thrown) {
            case ServiceConfigurationError error -> afterContract(told(error));
            case UnsupportedClassVersionError newer -> "it was compiled for a newer Java: " + told(newer);
            case AbstractMethodError older -> "it lacks a method of its contract: " + told(older);
            case NoClassDefFoundError missing -> missing(missing);
            case ClassNotFoundException missing -> missing(missing);
            default -> named(thrown);
        };
    }

    private static String missing(Throwable thrown) {
        return CLASS_NAME.matcher(told(thrown)).matches()
                ? "it needs the class %s, which is not there"
                        .formatted(told(thrown).replace('/', '.'))
                : named(thrown);
    }

    private static String named(Throwable thrown) {
        return thrown.getClass().getSimpleName() + (told(thrown).isEmpty() ? "" : ": " + told(thrown));
    }

    /** {@code dev.signalbox.spi.BackendFactory: Provider a.B not found} without the contract and without folders. */
    private static String afterContract(String message) {
        int colon = message.indexOf(": ");
        String rest = colon < 0 ? message : message.substring(colon + 2);
        return SERVICES.matcher(rest).replaceAll("META-INF/services");
    }

    private static String told(Throwable thrown) {
        String message = thrown.getMessage() == null ? "" : thrown.getMessage().strip();
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }
}
