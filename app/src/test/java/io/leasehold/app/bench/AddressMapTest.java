package io.leasehold.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AddressMapTest {
    @Test
    void doesWhatAHashMapDoes() {
        AddressMap map = new AddressMap();
        Map<Integer, Integer> model = new HashMap<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            int address = 1 + random.nextInt(5_000);
            if (random.nextInt(3) == 0) {
                map.remove(address);
                model.remove(address);
            } else {
                map.put(address, i);
                model.put(address, i);
            }
        }
        assertThat(map.size()).isEqualTo(model.size());
        for (int address = 0; address <= 5_001; address++) {
            assertThat(map.get(address)).isEqualTo(model.getOrDefault(address, AddressMap.NOBODY));
        }
    }
}
