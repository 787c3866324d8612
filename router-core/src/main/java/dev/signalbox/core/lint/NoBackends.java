package dev.signalbox.core.lint;

import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Where;
import java.util.List;

/** A configuration without a backend: nobody can answer, unless what is found takes the place of a file that says nothing. */
final class NoBackends implements Check {

    private static final String SECTION = "backends";

    @Override
    public void look(Subject subject, Remarks remarks) {
        if (subject.settings().backends().isEmpty()) {
            remarks.note(
                    where(subject),
                    "no backend is configured, so no request can be answered. "
                            + howToAddOne(subject.plugins().types(BackendFactory.class)));
        }
    }

    private static Where where(Subject subject) {
        return subject.places()
                .section(SECTION)
                .map(ConfigNode::where)
                .orElseGet(() -> subject.places().root().where().child(SECTION));
    }

    private static String howToAddOne(List<String> types) {
        return types.isEmpty()
                ? "There is no type of backend either: add a backend's jar first"
                : "Add one, such as `backends: { laptop: { type: TYPE } }`, where TYPE is one of "
                        + String.join(", ", types);
    }
}
