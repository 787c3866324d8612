package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.util.List;
import java.util.Optional;

/**
 * {@code task}: what the client says its request is for. It does not guess: it reads {@code task_type} and
 * {@code urgency} of a request in the dialect {@code task}, and {@code metadata.task} and {@code metadata.urgency} of any
 * other. Where nothing is said, the task is {@code general} and the urgency {@code normal}.
 */
public final class TaskFactory extends StandardFactory<PluginConfig> {

    private static final Option<List<Glob>> IS = Option.listOf(
                    "is", Option.pattern("task").doc("A task's name, such as `review`."))
            .doc("The tasks, one of which it has to be, such as `[ code, fix, refactor ]`; case does not matter.");

    private static final Option<List<Glob>> URGENCY = Option.listOf(
                    "urgency", Option.pattern("urgency").doc("An urgency, such as `critical`."))
            .orElse(List.of(new Glob("*")))
            .doc("The urgencies, one of which it has to have.");

    private static final Option<PluginConfig> ARGUMENT = Option.groupOrFirst("task", IS, URGENCY)
            .doc("What the client says the request is for: `task_type` of a `task`, `metadata.task` of anything else;"
                    + " `general` where it says nothing.");

    /** Stateless. */
    public TaskFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(PluginConfig value, PluginContext context) {
        return new Task(value.get(IS), value.get(URGENCY));
    }

    @Override
    boolean covers(PluginConfig wide, PluginConfig narrow) {
        return Names.cover(wide.get(IS), narrow.get(IS)) && Names.cover(wide.get(URGENCY), narrow.get(URGENCY));
    }

    @Override
    Optional<Boolean> settled(PluginConfig value) {
        List<Optional<Boolean>> parts = List.of(Names.constant(value.get(IS)), Names.constant(value.get(URGENCY)));
        boolean never = parts.contains(Optional.of(false));
        return never || !parts.contains(Optional.<Boolean>empty()) ? Optional.of(!never) : Optional.empty();
    }

    private record Task(List<Glob> tasks, List<Glob> urgencies) implements Matcher {

        @Override
        public boolean matches(RequestView request) {
            return fits(tasks, task(request)) && fits(urgencies, urgency(request));
        }

        private static boolean fits(List<Glob> wanted, String said) {
            return wanted.stream().anyMatch(glob -> glob.matches(said));
        }

        @Override
        public String seen(RequestView request) {
            return "%s, %s".formatted(task(request), urgency(request));
        }

        private static String task(RequestView request) {
            return said(request, "task_type", "task", "general");
        }

        private static String urgency(RequestView request) {
            return said(request, "urgency", "urgency", "normal");
        }

        private static String said(RequestView request, String own, String metadata, String otherwise) {
            boolean task = request.dialect().family().equals("task");
            String text = request.raw(task ? "/" + own : "/metadata/" + metadata)
                    .map(JsonWord::of)
                    .orElse("");
            return text.isEmpty() ? otherwise : text;
        }
    }
}
