package io.leasehold.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.corpus.Corpus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every datagram of the corpus, sent through the relay that its README describes. */
class CorpusRelayTest {
    static List<Corpus.Case> all() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aBadDatagramGoesOnOrIsDroppedAsItsFileSays(Corpus.Case bad) {
        assertThat(new CorpusRelay().outcome(bad)).isEqualTo(bad.relay());
    }

    /** None leaves behind what another trips over, in whatever order. */
    @Test
    void whatBecomesOfEachDependsOnNoneBeforeIt() {
        List<Corpus.Case> cases = new ArrayList<>(Corpus.all());
        CorpusRelay relay = new CorpusRelay();
        for (int round = 0; round < 5; round++) {
            for (Corpus.Case bad : cases) {
                assertThat(relay.outcome(bad)).as(bad.name()).isEqualTo(bad.relay());
            }
            Collections.shuffle(cases, new Random(round));
        }
    }

    /** Rule 17: each datagram is told once, as gone on or as dropped. */
    @Test
    void countsEachOfThem() {
        CorpusRelay relay = new CorpusRelay();
        int seen = 0;
        for (Corpus.Case bad : Corpus.all()) {
            seen += relay.outcome(bad).equals("never sees it") ? 0 : 1;
        }

        assertThat(relay.lab.drops.size() + relay.lab.passed.size()).isEqualTo(seen);
    }
}
