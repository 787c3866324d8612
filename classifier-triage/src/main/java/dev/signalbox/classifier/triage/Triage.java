package dev.signalbox.classifier.triage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a small model which class a request belongs to. Only the last user message counts, and the same message is asked
 * about once while its answer is kept. Whatever goes wrong, the stated class is taken. Any thread may ask.
 */
final class Triage implements Classifier {

    private final PluginContext context;
    private final Question question;
    private final String model;
    private final Optional<String> otherwise;
    private final Duration timeout;
    private final int excerpt;
    private final Cache<String, String> answers;
    private final Map<String, CompletableFuture<Optional<String>>> asking = new ConcurrentHashMap<>(); // by the digest

    Triage(PluginConfig config, PluginContext context) {
        this.context = context;
        this.question = new Question(config.get(TriageFactory.CLASSES));
        this.model = config.get(TriageFactory.ASK);
        this.otherwise = config.get(TriageFactory.OTHERWISE);
        this.timeout = config.get(TriageFactory.TIMEOUT);
        this.excerpt = Math.toIntExact(config.get(TriageFactory.EXCERPT));
        this.answers = Caffeine.newBuilder()
                .maximumSize(config.get(TriageFactory.CACHE))
                .expireAfterWrite(config.get(TriageFactory.KEEP))
                .ticker(context::nanoTime)
                .executor(Runnable::run) // so that it starts no thread
                .build();
    }

    @Override
    public Optional<String> classify(RequestView request, Deadline deadline) throws InterruptedException {
        String text = excerptOf(request.lastUserText());
        if (text.isBlank() || deadline.expired()) {
            return otherwise;
        }
        String key = digestOf(text);
        String known = answers.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        return askOnce(key, text, deadline.within(timeout)).or(() -> otherwise);
    }

    /** Asks, or waits for whoever asks the same already; if that one gives up, somebody else asks. */
    private Optional<String> askOnce(String key, String text, Deadline until) throws InterruptedException {
        CompletableFuture<Optional<String>> mine = new CompletableFuture<>();
        while (true) {
            CompletableFuture<Optional<String>> others = asking.putIfAbsent(key, mine);
            if (others == null) {
                return ask(key, text, until, mine);
            }
            try {
                return others.get(until.remainingNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                return Optional.empty();
            } catch (ExecutionException gaveUp) {
                // then it is somebody else's turn
            }
        }
    }

    private Optional<String> ask(String key, String text, Deadline until, CompletableFuture<Optional<String>> mine)
            throws InterruptedException {
        try {
            Optional<String> found = ask(text, until);
            found.ifPresent(name -> answers.put(key, name));
            mine.complete(found);
            return found;
        } finally {
            asking.remove(key, mine);
            mine.completeExceptionally(new IllegalStateException("whoever asked has given up"));
        }
    }

    private Optional<String> ask(String text, Deadline until) throws InterruptedException {
        Cancellation late = Cancellation.create();
        try (PluginContext.Task ignored = context.schedule(until.remaining(), late::cancel);
                RoutedResponse answer =
                        context.router().route(question.about(text, model).withCancellation(late))) {
            Optional<String> meaning = question.meaning(answer.text());
            if (meaning.isEmpty()) {
                context.logger().log(System.Logger.Level.DEBUG, "{0} named none of the classes", model);
            }
            return meaning;
        } catch (RouteException | IOException failed) {
            context.logger()
                    .log(
                            System.Logger.Level.DEBUG,
                            "{0} could not be asked: {1}",
                            model,
                            String.valueOf(failed.getMessage()));
            return Optional.empty();
        }
    }

    /** Nobody's words are kept. */
    private static String digestOf(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Every Java platform has SHA-256.", never);
        }
    }

    private String excerptOf(String text) {
        if (text.length() <= excerpt) {
            return text;
        }
        int head = whole(text, excerpt / 2);
        int tail = whole(text, text.length() - excerpt / 2);
        return text.substring(0, head) + "\n…\n" + text.substring(tail);
    }

    /** The same place, or the one before it where it stands inside a character. */
    private static int whole(String text, int place) {
        return Character.isLowSurrogate(text.charAt(place)) ? place - 1 : place;
    }
}
