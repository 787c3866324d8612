package dev.signalbox.guard.budget;

import dev.signalbox.spi.RequestView;
import dev.signalbox.testkit.TestRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who wants to know how long a prompt is. */
final class RequestThatIsNotRead {

    private static final Set<String> READING = Set.of("approximateTokens", "messages", "wholeText", "lastUserText");

    private final AtomicInteger reads = new AtomicInteger();

    RequestView of(String caller) {
        RequestView real = TestRequest.saying("All clear?").by(caller).tokens(100);
        return (RequestView) Proxy.newProxyInstance(
                RequestView.class.getClassLoader(), new Class<?>[] {RequestView.class}, (proxy, method, arguments) -> {
                    if (READING.contains(method.getName())) {
                        reads.incrementAndGet();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    int reads() {
        return reads.get();
    }
}
