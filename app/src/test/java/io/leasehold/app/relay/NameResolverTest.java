package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.Await;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 9 of the relay: names are resolved again, and what was known serves until then. */
final class NameResolverTest {
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final int NEVER_SECONDS = 100_000;
    private static final Ip4Address ONE = Ip4Address.parse("10.0.0.1");
    private static final Ip4Address TWO = Ip4Address.parse("10.0.0.2");

    private final AtomicInteger lookups = new AtomicInteger();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private volatile List<Ip4Address> answer = List.of(ONE);
    private volatile boolean fails;
    private NameResolver resolver = resolver(NEVER_SECONDS);

    @AfterEach
    void close() {
        resolver.close();
    }

    private NameResolver resolver(int everySeconds) {
        return new NameResolver("dhcp.test", List.of(), everySeconds, this::addresses, new Heard());
    }

    private List<Ip4Address> addresses(String name) throws IOException {
        lookups.incrementAndGet();
        if (fails) {
            throw new IOException("nobody knows " + name);
        }
        return answer;
    }

    private final class Heard implements NameResolver.Listener {
        @Override
        public void resolved(String name, List<Ip4Address> addresses) {
            heard.add(name + " " + addresses);
        }

        @Override
        public void unresolved(String name, List<Ip4Address> before, String why) {
            heard.add(name + " still " + before + ": " + why);
        }
    }

    private void awaitAddresses(Ip4Address... wanted) {
        Await.until(
                WAIT_MAX,
                () -> resolver.addresses().equals(List.of(wanted)),
                () -> resolver.addresses() + ", expected " + List.of(wanted));
    }

    private void awaitLookups(int atLeast) {
        Await.until(WAIT_MAX, () -> lookups.get() >= atLeast, () -> "lookups: " + lookups);
    }

    @Test
    void usesAllAddressesOfANameInOneOrder() {
        answer = List.of(TWO, ONE, TWO);

        resolver.start();

        awaitAddresses(ONE, TWO);
        assertThat(heard).containsExactly("dhcp.test [10.0.0.1, 10.0.0.2]");
    }

    @Test
    void resolvesAgainAtItsInterval() {
        resolver.close();
        resolver = resolver(1);
        resolver.start();
        awaitAddresses(ONE);
        answer = List.of(TWO);

        awaitAddresses(TWO);
        assertThat(heard).containsExactly("dhcp.test [10.0.0.1]", "dhcp.test [10.0.0.2]");
    }

    @Test
    void tellsOnlyWhatIsNew() {
        resolver.close();
        resolver = resolver(1);
        resolver.start();

        awaitLookups(3);
        assertThat(heard).containsExactly("dhcp.test [10.0.0.1]");
    }

    @Test
    void resolvesAtOnceWhenTheServerFails() {
        resolver.start();
        awaitAddresses(ONE);
        answer = List.of(TWO);

        resolver.resolveNow();

        awaitAddresses(TWO);
    }

    @Test
    void keepsOldAddressesUntilNewOnesCome() {
        resolver.start();
        awaitAddresses(ONE);
        fails = true;
        resolver.resolveNow();
        awaitLookups(2);
        assertThat(resolver.addresses()).containsExactly(ONE);

        fails = false;
        answer = List.of();
        awaitLookups(4);
        assertThat(resolver.addresses()).containsExactly(ONE);

        answer = List.of(TWO);
        awaitAddresses(TWO);
        assertThat(heard)
                .startsWith(
                        "dhcp.test [10.0.0.1]",
                        "dhcp.test still [10.0.0.1]: nobody knows dhcp.test")
                .contains("dhcp.test still [10.0.0.1]: it has no IPv4 address")
                .endsWith("dhcp.test [10.0.0.2]");
    }

    /** A name server that blocks a name says 0.0.0.0 for it; such a server serves nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "0.0.0.5"})
    void keepsOldAddressesWhenOnesComeThatNoServerCanHave(String wrong) {
        resolver.start();
        awaitAddresses(ONE);
        answer = List.of(Ip4Address.parse(wrong));
        resolver.resolveNow();
        awaitLookups(2);
        Await.until(WAIT_MAX, () -> heard.size() > 1, () -> heard.toString());

        assertThat(resolver.addresses()).containsExactly(ONE);
        assertThat(heard)
                .endsWith(
                        "dhcp.test still [10.0.0.1]: "
                                + wrong
                                + " is not an address that a server can have");
    }

    @Test
    void leavesOutWhatNoServerCanHave() {
        answer = List.of(Ip4Address.parse("0.0.0.0"), TWO);

        resolver.start();

        awaitAddresses(TWO);
    }

    /** Every five seconds all night would bury whatever else the log says. */
    @Test
    void tellsOnceThatANameDoesNotResolveAndAgainWhenItDoes() {
        resolver.close();
        resolver = resolver(1);
        resolver.start();
        awaitAddresses(ONE);
        fails = true;
        awaitLookups(lookups.get() + 3);
        fails = false;
        awaitLookups(lookups.get() + 3);

        assertThat(heard)
                .containsExactly(
                        "dhcp.test [10.0.0.1]",
                        "dhcp.test still [10.0.0.1]: nobody knows dhcp.test",
                        "dhcp.test [10.0.0.1]");
    }

    @Test
    void triesANameAgainThatDoesNotResolveAtTheStart() {
        fails = true;
        resolver.start();
        awaitLookups(1);
        assertThat(resolver.addresses()).isEmpty();
        fails = false;

        awaitAddresses(ONE);
    }

    @Test
    void servesWithWhatWasKnownBeforeUntilItIsResolved() {
        resolver.close();
        fails = true;
        resolver =
                new NameResolver(
                        "dhcp.test", List.of(TWO), NEVER_SECONDS, this::addresses, new Heard());
        resolver.start();
        awaitLookups(1);
        assertThat(resolver.addresses()).containsExactly(TWO);

        fails = false;
        awaitAddresses(ONE);
    }

    @Test
    void takesABoundedNumberOfAddresses() {
        List<Ip4Address> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(ONE.plus(i));
        }
        answer = many;

        resolver.start();
        awaitLookups(1);

        Await.until(
                WAIT_MAX,
                () -> resolver.addresses().size() == NameResolver.ADDRESSES_MAX,
                () -> resolver.addresses().toString());
    }

    @Test
    void endsAlsoWhileANameServerDoesNotAnswer() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        resolver =
                new NameResolver(
                        "dhcp.test",
                        List.of(),
                        1,
                        name -> {
                            hanging.countDown();
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return List.of(TWO);
                        },
                        new Heard());
        resolver.start();
        hanging.await();

        resolver.close();
        release.countDown();

        Await.until(WAIT_MAX, () -> !resolver.isRunning(), () -> "it runs on");
        assertThat(heard).isEmpty();
    }
}
