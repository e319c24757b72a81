package io.leasehold.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 17. */
class RelayDropReasonTest {
    @Test
    void eachReasonAndEachIncidentHasACounterOfItsOwn() {
        List<String> labels = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (RelayDropReason reason : RelayDropReason.values()) {
            labels.add(reason.label());
            texts.add(reason.text());
        }
        for (RelayIncident incident : RelayIncident.values()) {
            labels.add(incident.label());
            texts.add(incident.text());
        }

        assertThat(labels).doesNotHaveDuplicates().allMatch(label -> label.matches("[a-z-]+"));
        assertThat(texts).doesNotHaveDuplicates();
    }
}
