package dev.signalbox.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles statements as a reader would who pastes them into a method, and runs them. */
final class JavaExample {

    private static final String CLASS = """
            import dev.signalbox.api.*;
            import dev.signalbox.core.*;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;
            %s
            public class Example {
                public static void main(String[] arguments) throws Exception {
                    %s
                }
            }
            """;

    private JavaExample() {}

    /** Runs them; returns what they print. */
    static String run(String statements, Path folder) throws Exception {
        Path source = folder.resolve("Example.java");
        Files.writeString(source, CLASS.formatted(lines(statements, true), lines(statements, false)));
        compile(source, folder);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            return printed(() -> loader.loadClass("Example")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]));
        }
    }

    private static String lines(String statements, boolean imports) {
        return statements
                .lines()
                .filter(line -> line.startsWith("import ") == imports)
                .collect(Collectors.joining("\n"));
    }

    private static void compile(Path source, Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int code = compiler.run(
                null,
                messages,
                messages,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
        assertThat(code).as(() -> messages.toString(StandardCharsets.UTF_8)).isZero();
    }

    private interface Run {
        Object run() throws ReflectiveOperationException;
    }

    private static String printed(Run example) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            example.run();
        } catch (InvocationTargetException failure) {
            throw new AssertionError("the example failed", failure.getCause());
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
