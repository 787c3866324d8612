package dev.signalbox.spi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Another type whose value may be missing. */
record OptionalType<T>(OptionType<T> type) implements OptionType<Optional<T>> {

    @Override
    @SuppressWarnings("OptionalMapToOptional") // a value that is there and says "missing" is not a missing value
    public Optional<Optional<T>> read(ConfigNode node, Problems problems) {
        return type.read(node, problems).map(Optional::of);
    }

    @Override
    public void check(Optional<T> value, Where where, Problems problems) {
        value.ifPresent(each -> type.check(each, where, problems));
    }

    @Override
    public String words() {
        return type.words();
    }

    @Override
    public String show(Optional<T> value) {
        return value.map(type::show).orElse("");
    }

    @Override
    public Stream<String> secrets(Optional<T> value, boolean all) {
        return value.stream().flatMap(each -> type.secrets(each, all));
    }

    @Override
    public List<Option<?>> members() {
        return type.members();
    }

    @Override
    public Option.Reference refersTo() {
        return type.refersTo();
    }
}
