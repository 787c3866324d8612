package dev.signalbox.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;

/** Runs one test of a contract by hand, to see whether it fails. */
final class Promises {

    private Promises() {}

    static void check(Object contract, String promise) throws Throwable {
        Method test = methods(contract).stream()
                .filter(method -> method.getName().equals(promise))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no promise " + promise));
        invokeAll(contract, BeforeAll.class);
        invokeAll(contract, BeforeEach.class);
        try {
            Object result = invoke(contract, test);
            if (result instanceof Stream<?> tests) {
                for (DynamicTest one : tests.map(DynamicTest.class::cast).toList()) {
                    one.getExecutable().execute();
                }
            }
        } finally {
            invokeAll(contract, AfterEach.class);
        }
    }

    private static void invokeAll(Object contract, Class<? extends Annotation> mark) throws Throwable {
        for (Method method : methods(contract)) {
            if (method.isAnnotationPresent(mark)) {
                invoke(contract, method);
            }
        }
    }

    private static List<Method> methods(Object contract) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> type = contract.getClass(); type != Object.class; type = type.getSuperclass()) {
            methods.addAll(List.of(type.getDeclaredMethods()));
        }
        return methods;
    }

    /** What it returned; the contract itself where it returned nothing. */
    private static Object invoke(Object contract, Method method) throws Throwable {
        try {
            Object result = method.invoke(contract);
            return result == null ? contract : result;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
