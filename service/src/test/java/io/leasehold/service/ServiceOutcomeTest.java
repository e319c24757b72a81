package io.leasehold.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.link.Receiver;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In which order the role hears of things when the store answers from a thread of its own. */
class ServiceOutcomeTest {
    private static final int ASKS = 1;
    private static final int GOES_ON = 2;
    private static final int WAIT_SECONDS_MAX = 20;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch wentOn = new CountDownLatch(1);
    private final CompletableFuture<Consumer<@Nullable IOException>> submitted =
            new CompletableFuture<>();

    /** A client so fast that its next message is decided before the sender of its ACK goes on. */
    private final class FastClient extends StillTransport {
        private final LinkedBlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();

        @Override
        public int receive(int waitMillis, Receiver receiver) throws IOException {
            try {
                byte[] next = messages.poll(waitMillis, TimeUnit.MILLISECONDS);
                if (next == null || next.length == 0) {
                    return 0;
                }
                receiver.datagram(
                        next, 0, next.length, 2, Ip4Address.ZERO, 68, Ip4Address.BROADCAST);
                return 1;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void wakeUp() {
            messages.add(new byte[0]);
        }

        @Override
        public void send(List<Outgoing> outgoings) {
            if (outgoings.getFirst().message().xid() == ASKS) {
                messages.add(Messages.bytes(Messages.REQUEST, GOES_ON, 0));
                await(wentOn);
            }
        }
    }

    private final class Listener implements Role<String> {
        @Override
        public Decision<String> decide(Arrival arrival) {
            Outgoing echo =
                    new Outgoing(
                            arrival.message(), Ip4Address.BROADCAST, 68, Ip4Address.ZERO, 2, null);
            if (arrival.message().xid() == ASKS) {
                return new Decision.CommitThenReply<>("put", echo);
            }
            heard.add("what its client made of it");
            wentOn.countDown();
            return new Decision.Reply<>(echo);
        }

        @Override
        public Decision<String> asked(Object token, boolean answered, long nowMillis) {
            throw new AssertionError("it never asks");
        }

        @Override
        public void settled(String change, boolean durable) {
            heard.add("the change");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theRoleHearsOfAChangeBeforeItHearsWhatTheClientMakesOfIt() throws Exception {
        FastClient client = new FastClient();
        Service<String> loop =
                new Service<>(
                        client,
                        new Listener(),
                        (changes, settled) -> submitted.complete(settled),
                        new ServiceTime(new SetClock(0), 0),
                        new LoopFixture.TestEvents(),
                        new StillTransport.Owner());
        Thread running = Thread.ofPlatform().start(() -> run(loop));
        client.messages.add(Messages.bytes(Messages.REQUEST, ASKS, 0));

        submitted.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS).accept(null);

        loop.stop();
        running.join(WAIT_SECONDS_MAX * 1000L);
        assertThat(heard).containsExactly("the change", "what its client made of it");
    }

    private static void run(Service<String> loop) {
        try {
            loop.run();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
