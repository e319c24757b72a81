package io.leasehold.service.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.MessageType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handler that throws. */
class RestartTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final LoopbackClient client = new LoopbackClient();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void end() {
        client.close();
    }

    /** Stumbles over DECLINE, over RELEASE as deeply as can be, and in a timer after INFORM. */
    private static final class Stumbling extends TellingHandler {
        private final int number;

        Stumbling(List<String> told, int number) {
            super(told);
            this.number = number;
        }

        @Override
        public void init(DhcpContext context) {
            told.add("init " + number);
            if (number == 1) {
                context.after(Duration.ofMillis(200), () -> told.add("timer of the first"));
            }
        }

        @Override
        public Answer decline(Arrival decline, DhcpContext context) throws Exception {
            throw new IOException("cannot tell the inventory");
        }

        @Override
        public Answer release(Arrival release, DhcpContext context) {
            throw new StackOverflowError();
        }

        @Override
        public Answer inform(Arrival inform, DhcpContext context) {
            context.next(
                    () -> {
                        throw new IllegalStateException("what comes next");
                    });
            return Answer.nothing();
        }

        @Override
        public void terminate(Reason reason, DhcpContext context) {
            told.add(
                    "terminate "
                            + number
                            + " "
                            + (reason instanceof Reason.Fault fault ? fault.fault() : reason));
        }
    }

    private Stumbling stumbling() {
        return new Stumbling(told, made.incrementAndGet());
    }

    private static void assertNumber(DhcpService<Stumbling> service, int expected)
            throws Exception {
        int number = service.call(handler -> handler.number, LONG);
        assertThat(number).isEqualTo(expected);
    }

    @Test
    void isStartedAfreshAndKeepsItsSocket() throws Exception {
        try (DhcpService<Stumbling> service =
                DhcpService.start(this::stumbling, client.options())) {
            for (MessageType type :
                    List.of(MessageType.DECLINE, MessageType.RELEASE, MessageType.INFORM)) {
                client.send(service.port(), type);
                client.send(service.port(), MessageType.REQUEST);
                assertThat(client.receive().type()).isEqualTo(MessageType.ACK);
            }
            service.cast(
                    handler -> {
                        throw new IllegalArgumentException("cast");
                    });
            assertNumber(service, 5);
            assertThat(service.counters().restarts()).isEqualTo(4);
        }
        assertThat(told)
                .containsExactly(
                        "init 1",
                        "terminate 1 java.io.IOException: cannot tell the inventory",
                        "init 2",
                        "request",
                        "terminate 2 java.lang.StackOverflowError",
                        "init 3",
                        "request",
                        "terminate 3 java.lang.IllegalStateException: what comes next",
                        "init 4",
                        "request",
                        "terminate 4 java.lang.IllegalArgumentException: cast",
                        "init 5",
                        "terminate 5 Stopped[]");
    }

    @Test
    void endsTheServiceWhenItThrowsTooOften() throws Exception {
        ServiceOptions options = client.options().withRestarts(2, Duration.ofMinutes(10));
        try (DhcpService<Stumbling> service = DhcpService.start(this::stumbling, options)) {
            for (int i = 0; i < 3; i++) {
                client.send(service.port(), MessageType.DECLINE);
            }
            assertThat(service.await())
                    .isInstanceOfSatisfying(
                            Reason.Fault.class,
                            fault ->
                                    assertThat(fault.fault())
                                            .hasMessage("cannot tell the inventory"));
            assertThat(service.counters().restarts()).isEqualTo(2);
            assertThat(service.await().isFailure()).isTrue();
        }
        assertThat(told).filteredOn(line -> line.startsWith("terminate")).hasSize(3);
    }

    @Test
    void forgetsTheTimersOfTheHandlerThatThrew() throws Exception {
        try (DhcpService<Stumbling> service =
                DhcpService.start(this::stumbling, client.options())) {
            client.send(service.port(), MessageType.DECLINE);
            service.call(handler -> handler.number, LONG);
            Thread.sleep(300);
            assertNumber(service, 2);
        }
        assertThat(told).doesNotContain("timer of the first");
    }

    @Test
    void anInitThatThrowsEndsTheStartAndLetsGoOfThePort() throws Exception {
        ServiceOptions options;
        try (DhcpService<Stumbling> first = DhcpService.start(this::stumbling, client.options())) {
            options = client.options().withPort(first.port());
        }
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(
                            () ->
                                    DhcpService.start(
                                            () ->
                                                    new TellingHandler(told) {
                                                        @Override
                                                        public void init() {
                                                            throw new IllegalStateException(
                                                                    "no inventory");
                                                        }

                                                        @Override
                                                        public void init(DhcpContext context) {
                                                            init();
                                                        }
                                                    },
                                            options))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no inventory");
        }
    }

    @Test
    void restartsAreCountedWithinATimeThatMovesAlong() {
        Restarts restarts = new Restarts(2, Duration.ofSeconds(10));
        assertThat(restarts.allow(0)).isTrue();
        assertThat(restarts.allow(6_000)).isTrue();
        assertThat(restarts.allow(9_999)).isFalse();
        assertThat(restarts.allow(10_000)).isTrue();
        assertThat(restarts.recent()).isEqualTo(2);
        assertThat(restarts.allow(15_999)).isFalse();
        assertThat(restarts.allow(16_000)).isTrue();
    }
}
