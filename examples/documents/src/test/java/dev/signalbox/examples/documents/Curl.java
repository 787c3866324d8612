package dev.signalbox.examples.documents;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** Does what a line with {@code curl} does, as far as our pages use it. */
final class Curl {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z_]+)");

    private Curl() {}

    /** Runs a command, asking that server in place of the one that is named. */
    static HttpResponse<String> run(String command, URI server) throws IOException, InterruptedException {
        Iterator<String> words = words(command).iterator();
        HttpRequest.Builder request = HttpRequest.newBuilder();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "curl", "-i" -> {}
                case "-H" -> {
                    String[] header = words.next().split(": ", 2);
                    request.header(header[0], header[1]);
                }
                case "-d" -> request.POST(body(words.next()));
                default -> request.uri(server.resolve(below(URI.create(word))));
            }
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String below(URI asked) {
        return asked.getRawQuery() == null ? asked.getRawPath() : asked.getRawPath() + "?" + asked.getRawQuery();
    }

    /** What is written, or what stands in the file that is named. */
    private static BodyPublisher body(String data) throws IOException {
        return data.startsWith("@")
                ? BodyPublishers.ofFile(Document.ROOT.resolve(data.substring(1)))
                : BodyPublishers.ofString(data);
    }

    /** The words of a line of the shell; variables are replaced where it would replace them. */
    static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command.replace("\\\n", " "))
                .results()
                .map(word -> word.group(1) != null
                        ? word.group(1)
                        : replaced(word.group(2) != null ? word.group(2) : word.group(3)))
                .forEach(words::add);
        return words;
    }

    private static String replaced(String word) {
        return VARIABLE.matcher(word).replaceAll(name -> System.getenv().getOrDefault(name.group(1), ""));
    }
}
