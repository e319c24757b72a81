package io.leasehold.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Ip4Address;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final Ip4Address ONE = Ip4Address.parse("10.77.0.1");
    private static final Ip4Address TWO = Ip4Address.parse("10.77.0.2");

    private final Questions questions = new Questions();

    @Test
    void givesBackWhatMetSilenceForItsWholeTime() {
        questions.ask(ONE, "slow", 2_000);
        questions.ask(TWO, "quick", 1_500);

        assertThat(questions.waitMillis(1_000)).isEqualTo(500);
        assertThat(questions.nextSilent(1_499)).isNull();
        assertThat(questions.nextSilent(2_500)).isEqualTo("quick");
        assertThat(questions.nextSilent(2_500)).isEqualTo("slow");
        assertThat(questions.nextSilent(2_500)).isNull();
        assertThat(questions.waitMillis(2_500)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void tellsAllWhoAskedAboutAnAddressThatAnswers() {
        questions.ask(ONE, "first", 2_000);
        questions.ask(TWO, "other", 2_000);
        questions.ask(ONE, "second", 3_000);

        assertThat(questions.answered(ONE)).containsExactly("first", "second");
        assertThat(questions.answered(ONE)).isEmpty();
        assertThat(questions.nextSilent(9_000)).isEqualTo("other");
        assertThat(questions.nextSilent(9_000)).isNull();
    }

    @Test
    void doesNotTellOfAnAnswerThatComesTooLate() {
        questions.ask(ONE, "asked", 2_000);
        assertThat(questions.nextSilent(2_000)).isEqualTo("asked");

        assertThat(questions.answered(ONE)).isEmpty();
    }

    @Test
    void waitsNoLongerAndNoShorterWhenTimeMoves() {
        questions.ask(ONE, "asked", 2_000);

        questions.moveTime(-1_000_000);

        assertThat(questions.waitMillis(1_500 - 1_000_000)).isEqualTo(500);
        assertThat(questions.nextSilent(1_999 - 1_000_000)).isNull();
        assertThat(questions.nextSilent(2_000 - 1_000_000)).isEqualTo("asked");
    }
}
