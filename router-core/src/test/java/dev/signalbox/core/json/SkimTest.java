package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SkimTest {

    private static final Skim SKIM = new Skim(Set.of("embedding"));

    @Test
    void leaves_nothing_but_the_kind_of_what_it_passes_by() throws Exception {
        byte[] document =
                "{\"data\":[{\"embedding\":[0.1,0.2],\"index\":0},{\"embedding\":\"AAAA\"}],\"n\":1.5}".getBytes(UTF_8);

        assertThat(SKIM.read(document))
                .hasToString("{\"data\":[{\"embedding\":[],\"index\":0},{\"embedding\":\"\"}],\"n\":1.5}");
    }

    @Test
    void tells_of_an_unread_text_only_whether_there_is_one() throws Exception {
        byte[] document = "xx{\"text\":\"é\\\"\",\"n\":{\"text\" : \"\"},\"m\":{\"text\":[\"a\"]},\"l\":\"text\"}yy"
                .getBytes(UTF_8);

        assertThat(SKIM.leavingUnread("text")
                        .read(ByteBuffer.wrap(document, 2, document.length - 4).slice()))
                .hasToString("{\"text\":\"…\",\"n\":{\"text\":\"\"},\"m\":{\"text\":[\"a\"]},\"l\":\"text\"}");
    }

    @Test
    void keeps_scalars_as_they_are() throws Exception {
        assertThat(SKIM.read("[true,false,null,12345678901,1e400,\"x\"]".getBytes(UTF_8)))
                .hasToString("[true,false,null,12345678901,\"Infinity\",\"x\"]");
    }

    @Test
    void has_nothing_where_there_is_nothing() throws Exception {
        assertThat(SKIM.read(new byte[0]).isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} {}",
                "{",
                "[1,]",
                "{\"embedding\":[1}",
                "hello",
                "{\"text\":\"a",
                "{\"text\":\"",
                "{\"text\":\"\u0001\"}"
            })
    void takes_one_whole_document_only(String text) {
        assertThatThrownBy(() -> SKIM.leavingUnread("text").read(text.getBytes(UTF_8)))
                .isInstanceOf(IOException.class);
    }
}
