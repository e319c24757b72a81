package io.leasehold.service.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handler that serves on the loopback interface, and its client. */
class DhcpServiceTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final LoopbackClient client = new LoopbackClient();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        client.close();
    }

    private DhcpService<TellingHandler> start() throws IOException {
        return DhcpService.start(() -> new TellingHandler(told), client.options());
    }

    @Test
    void callsTheMethodThatIsForAMessageAllOnOneThread() throws Exception {
        try (DhcpService<TellingHandler> service = start()) {
            int port = service.port();
            client.send(port, MessageType.DECLINE);
            client.send(port, MessageType.RELEASE);
            client.send(port, MessageType.INFORM);
            client.send(port, MessageType.OFFER);
            Message nak =
                    MessageBuilder.reply(client.message(MessageType.REQUEST), MessageType.NAK)
                            .build();
            client.send(port, nak.toBytes());
            client.send(port, new byte[] {1, 2, 3});
            byte[] oddOp = client.message(MessageType.REQUEST).toBytes();
            oddOp[0] = 7;
            client.send(port, oddOp);
            client.send(port, MessageType.REQUEST);
            assertThat(client.receive().type()).isEqualTo(MessageType.ACK);
            client.send(port, MessageType.DISCOVER);
            assertThat(client.receive().type()).isEqualTo(MessageType.OFFER);
            assertThat(service.counters().notDhcp()).isEqualTo(2);
            assertThat(service.counters().link().received()).isEqualTo(9);
        }
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "init with a port above 1023: true",
                        "decline",
                        "release",
                        "inform",
                        "other OFFER",
                        "other NAK",
                        "datagram of 3",
                        "datagram of 300",
                        "request",
                        "discover",
                        "terminate Stopped[]");
    }

    @Test
    void endsWhenTheHandlerSaysSoAndSendsItsLastWord() throws Exception {
        try (DhcpService<DhcpHandler> service =
                DhcpService.start(
                        () ->
                                new TellingHandler(told) {
                                    @Override
                                    public Answer request(Arrival request, DhcpContext context)
                                            throws Exception {
                                        return super.request(request, context).thenStop("enough");
                                    }
                                },
                        client.options())) {
            client.send(service.port(), MessageType.REQUEST);
            assertThat(client.receive().type()).isEqualTo(MessageType.ACK);
            assertThat(service.await()).isEqualTo(new Reason.Chosen("enough"));
            assertThat(told).endsWith("terminate Chosen[why=enough]");
        }
    }

    @Test
    void sendsWhereTheHandlerChoosesFromTheAddressThatWasAsked() throws Exception {
        try (LoopbackClient other = new LoopbackClient();
                DhcpService<DhcpHandler> service =
                        DhcpService.start(
                                () ->
                                        new TellingHandler(told) {
                                            @Override
                                            public Answer inform(Arrival inform, DhcpContext to) {
                                                Message ack =
                                                        MessageBuilder.reply(
                                                                        inform.message(),
                                                                        MessageType.ACK)
                                                                .build();
                                                return Answer.send(
                                                        to.route(inform, ack),
                                                        new Outgoing(
                                                                ack,
                                                                LoopbackClient.LOOPBACK,
                                                                other.port(),
                                                                to.serverAddress(inform),
                                                                0,
                                                                null));
                                            }
                                        },
                                client.options())) {
            Message inform = client.send(service.port(), MessageType.INFORM);
            assertThat(client.receive().xid()).isEqualTo(inform.xid());
            assertThat(other.receive().xid()).isEqualTo(inform.xid());
        }
    }

    @Test
    void answersACallAndTellsOfItsTimeLimit() throws Exception {
        try (DhcpService<TellingHandler> service = start()) {
            int lines = service.call(handler -> handler.told.size(), LONG);
            assertThat(lines).isEqualTo(1);
            CountDownLatch hold = new CountDownLatch(1);
            service.cast(handler -> await(hold));
            assertThatThrownBy(
                            () ->
                                    service.call(
                                            handler -> handler.told.add("late"),
                                            Duration.ofMillis(1)))
                    .isInstanceOf(TimeoutException.class);
            hold.countDown();
            List<String> afterwards = service.call(handler -> List.copyOf(handler.told), LONG);
            assertThat(afterwards).doesNotContain("late");
            assertThatThrownBy(
                            () ->
                                    service.call(
                                            handler -> {
                                                throw new IllegalStateException("no such lease");
                                            },
                                            LONG))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("no such lease");
            assertThat(service.counters().restarts()).isZero();
            String within =
                    service.call(handler -> service.call(inner -> "from within", LONG), LONG);
            assertThat(within).isEqualTo("from within");
        }
    }

    @Test
    void tellsWhoCallsThatTheServiceHasEnded() throws Exception {
        DhcpService<TellingHandler> service = start();
        CountDownLatch hold = new CountDownLatch(1);
        service.cast(handler -> await(hold));
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        service.cast(handler -> service.stop());
        Thread caller =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        service.call(handler -> "x", LONG);
                                        outcome.complete(new AssertionError("an answer"));
                                    } catch (Exception e) {
                                        outcome.complete(e);
                                    }
                                });
        service.stop();
        hold.countDown();
        service.await();
        caller.join();
        assertThatThrownBy(() -> service.call(handler -> "x", LONG))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("the service has ended");
        service.cast(handler -> told.add("too late"));
        assertThat(told).doesNotContain("too late");
        service.close();
    }

    @Test
    void doesWhatComesNextBeforeAnythingElseAndTimersInTheirTime() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (DhcpService<DhcpHandler> service =
                DhcpService.start(
                        () ->
                                new TellingHandler(told) {
                                    @Override
                                    public void init(DhcpContext context) {
                                        context.after(
                                                Duration.ofMillis(500), () -> told.add("second"));
                                        context.after(
                                                Duration.ofMillis(30), () -> told.add("first"));
                                        context.after(
                                                Duration.ofMillis(900),
                                                () -> {
                                                    told.add("third");
                                                    done.countDown();
                                                });
                                        context.after(Duration.ZERO, () -> told.add("never"))
                                                .cancel();
                                        context.next(() -> told.add("next"));
                                        told.add("init");
                                    }
                                },
                        client.options())) {
            assertThat(service.counters().restarts()).isZero();
            await(done);
        }
        assertThat(told)
                .containsExactly("init", "next", "first", "second", "third", "terminate Stopped[]");
    }

    @Test
    void refusesItsContextToOtherThreads() throws Exception {
        CompletableFuture<DhcpContext> context = new CompletableFuture<>();
        try (DhcpService<DhcpHandler> service =
                DhcpService.start(
                        () ->
                                new TellingHandler(told) {
                                    @Override
                                    public void init(DhcpContext itsOwn) {
                                        context.complete(itsOwn);
                                    }
                                },
                        client.options())) {
            DhcpContext leaked = context.get(20, TimeUnit.SECONDS);
            assertThat(leaked.port()).isEqualTo(service.port());
            assertThatThrownBy(() -> leaked.next(() -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("DhcpService.cast leads there");
        }
    }

    @Test
    void tellsWhatWasAskedForWhereItCannotListen() throws Exception {
        try (DhcpService<TellingHandler> service = start()) {
            ServiceOptions same = client.options().withPort(service.port());
            assertThatThrownBy(() -> DhcpService.start(() -> new TellingHandler(told), same))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1 port " + service.port())
                    .hasMessageContaining("in use");
        }
        assertThatThrownBy(
                        () ->
                                DhcpService.start(
                                        () -> new TellingHandler(told),
                                        client.options().withAddress(null).withDevice("none0")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no interface none0")
                .hasMessageContaining("lo (127.0.0.1/8)");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
