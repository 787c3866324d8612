import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Copies a jar; its classes of before Java 6 get stack maps and the version of Java 8. Java keeps older ones in no cache of a
 * start: it reads and verifies each of them anew, and that in the slower of its two ways.
 */
final class StackMaps extends ClassVisitor {

    /** The first version whose classes are verified by stack maps. */
    private static final int FIRST_WITH_MAPS = Opcodes.V1_6;

    private StackMaps(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** Copies the jar that is named first to where the second says. */
    public static void main(String... paths) throws IOException {
        Path from = Path.of(paths[0]);
        Path to = Path.of(paths[1]);
        Files.createDirectories(to.toAbsolutePath().getParent());
        try (JarFile jar = new JarFile(from.toFile());
                URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()});
                JarOutputStream copy = new JarOutputStream(Files.newOutputStream(to))) {
            for (JarEntry entry : jar.stream().toList()) {
                byte[] bytes = jar.getInputStream(entry).readAllBytes();
                JarEntry same = new JarEntry(entry.getName());
                same.setTimeLocal(entry.getTimeLocal());
                copy.putNextEntry(same);
                copy.write(entry.getName().endsWith(".class") ? mapped(bytes, classes) : bytes);
            }
        }
    }

    private static byte[] mapped(byte[] bytes, ClassLoader classes) {
        ClassReader reader = new ClassReader(bytes);
        int majorVersion = reader.readUnsignedShort(6);
        if (majorVersion >= FIRST_WITH_MAPS) {
            return bytes;
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return classes;
            }
        };
        reader.accept(new StackMaps(writer), 0);
        return writer.toByteArray();
    }

    @Override
    public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
        super.visit(Opcodes.V1_8, access, name, signature, parent, interfaces);
    }
}
