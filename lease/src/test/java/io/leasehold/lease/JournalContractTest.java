package io.leasehold.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

class JournalContractTest extends LeaseStoreContract {
    @TempDir Path directory;

    @Override
    protected LeaseStore open() throws IOException {
        return Journal.open(
                directory,
                JournalOptions.of(() -> Instant.ofEpochSecond(Leases.NOW), new Random(1)));
    }
}
