package io.leasehold.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixTest {
    @Test
    void readsShares() {
        assertThat(Mix.parse("full=90,renew=8,release=2")).isEqualTo(new Mix(90, 8, 2, 0));
        assertThat(Mix.parse("renew=1, full=1")).isEqualTo(new Mix(1, 1, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "full", "full=x", "full=-1", "full=1,nap=2", "full=99999999"})
    void saysWhatAMixLooksLike(String text) {
        assertThatThrownBy(() -> Mix.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("full=90,renew=8,release=2");
    }

    @Test
    void pairsAloneNeedNoLease() {
        assertThat(Mix.parse("discover=100")).isEqualTo(new Mix(0, 0, 0, 100));
    }

    @Test
    void wantsSomebodyToGetALeaseFirst() {
        for (String nobody : new String[] {"full=0,renew=1", "discover=9,release=1"}) {
            assertThatThrownBy(() -> Mix.parse(nobody))
                    .hasMessageContaining("full exchanges above 0");
        }
    }
}
