package io.leasehold.service.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.MessageType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several services that are looked after together, on the loopback interface. */
class ServiceSupervisorTest {
    private final LoopbackClient client = new LoopbackClient();
    private final List<String> told = new CopyOnWriteArrayList<>();

    /** The ports of the services named "frail", in the order in which they began. */
    private final LinkedBlockingQueue<Integer> frailPorts = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        client.close();
    }

    private final class Frail extends TellingHandler {
        Frail(List<String> told) {
            super(told);
        }

        @Override
        public void init(DhcpContext context) {
            frailPorts.add(context.port());
        }

        @Override
        public Answer decline(Arrival decline, DhcpContext context) {
            throw new IllegalStateException("frail");
        }

        @Override
        public Answer release(Arrival release, DhcpContext context) {
            return Answer.stop("released");
        }
    }

    private ServiceSupervisor supervise(int restartsMax) throws IOException {
        ServiceOptions never = client.options().withRestarts(0, Duration.ofSeconds(1));
        return ServiceSupervisor.start(
                List.of(
                        new ServiceSupervisor.Child<>("frail", () -> new Frail(told), never),
                        new ServiceSupervisor.Child<>(
                                "sound", () -> new TellingHandler(told), client.options())),
                restartsMax,
                Duration.ofMinutes(10));
    }

    private int nextFrailPort() throws InterruptedException {
        return Objects.requireNonNull(frailPorts.poll(20, TimeUnit.SECONDS), "it began no more");
    }

    private static int port(ServiceSupervisor supervisor, String name) {
        return Objects.requireNonNull(supervisor.service(name)).port();
    }

    @Test
    void startsAServiceThatFailedAnewBesideTheOthers() throws Exception {
        try (ServiceSupervisor supervisor = supervise(1)) {
            client.send(nextFrailPort(), MessageType.DECLINE);
            client.send(nextFrailPort(), MessageType.REQUEST);
            assertThat(client.receive().type()).isEqualTo(MessageType.ACK);
            client.send(port(supervisor, "sound"), MessageType.REQUEST);
            assertThat(client.receive().type()).isEqualTo(MessageType.ACK);
        }
        assertThat(told).filteredOn(line -> line.equals("terminate Stopped[]")).hasSize(2);
    }

    @Test
    void endsAllWhenOneFailsTooOften() throws Exception {
        try (ServiceSupervisor supervisor = supervise(1)) {
            client.send(nextFrailPort(), MessageType.DECLINE);
            client.send(nextFrailPort(), MessageType.DECLINE);

            assertThat(supervisor.await()).isInstanceOf(Reason.Fault.class);
        }
        assertThat(told).endsWith("terminate Stopped[]");
    }

    @Test
    void leavesAServiceThatEndsByItselfAtThat() throws Exception {
        try (ServiceSupervisor supervisor = supervise(1)) {
            DhcpService<?> frail = Objects.requireNonNull(supervisor.service("frail"));
            client.send(nextFrailPort(), MessageType.RELEASE);

            assertThat(frail.await()).isEqualTo(new Reason.Chosen("released"));
            client.send(port(supervisor, "sound"), MessageType.REQUEST);
            assertThat(client.receive().type()).isEqualTo(MessageType.ACK);
            Objects.requireNonNull(supervisor.service("sound")).stop();
            assertThat(supervisor.await()).isEqualTo(new Reason.Stopped());
            assertThat(supervisor.service("frail")).isNull();
        }
    }

    /** Closes the supervisor in one of its calls. */
    private final class Closing extends TellingHandler {
        private final AtomicReference<ServiceSupervisor> supervisor;

        Closing(AtomicReference<ServiceSupervisor> supervisor) {
            super(ServiceSupervisorTest.this.told);
            this.supervisor = supervisor;
        }

        @Override
        public void init(DhcpContext context) {
            frailPorts.add(context.port());
            close();
        }

        @Override
        public Answer release(Arrival release, DhcpContext context) {
            close();
            return Answer.nothing();
        }

        @Override
        public Answer decline(Arrival decline, DhcpContext context) {
            throw new IllegalStateException("frail");
        }

        private void close() {
            ServiceSupervisor ours = supervisor.get();
            if (ours != null) {
                ours.close();
                told.add("closed");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RELEASE", "DECLINE"})
    void isClosedByAHandlerOfItsOwn(MessageType message) throws Exception {
        AtomicReference<ServiceSupervisor> own = new AtomicReference<>();
        ServiceOptions never = client.options().withRestarts(0, Duration.ofSeconds(1));
        ServiceSupervisor supervisor =
                ServiceSupervisor.start(
                        List.of(
                                new ServiceSupervisor.Child<>(
                                        "closing", () -> new Closing(own), never),
                                new ServiceSupervisor.Child<>(
                                        "sound", () -> new TellingHandler(told), never)),
                        1,
                        Duration.ofMinutes(10));
        own.set(supervisor);

        client.send(nextFrailPort(), message);

        assertTimeoutPreemptively(Duration.ofSeconds(20), supervisor::await);
        assertThat(told).contains("closed").filteredOn("terminate Stopped[]"::equals).hasSize(2);
    }

    @Test
    void startsAllOrNone() throws Exception {
        try (DhcpService<TellingHandler> first =
                DhcpService.start(() -> new TellingHandler(told), client.options())) {
            ServiceOptions taken = client.options().withPort(first.port());
            assertThatThrownBy(
                            () ->
                                    ServiceSupervisor.start(
                                            List.of(
                                                    new ServiceSupervisor.Child<>(
                                                            "one",
                                                            () -> new Frail(told),
                                                            client.options()),
                                                    new ServiceSupervisor.Child<>(
                                                            "two", () -> new Frail(told), taken)),
                                            1,
                                            Duration.ofSeconds(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("two: ")
                    .hasMessageContaining("in use");
            assertThat(told).endsWith("terminate Stopped[]");
        }
    }
}
