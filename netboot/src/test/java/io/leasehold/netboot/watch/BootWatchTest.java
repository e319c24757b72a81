package io.leasehold.netboot.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.netboot.proxy.BootMatch;
import io.leasehold.netboot.proxy.BootStage;
import io.leasehold.netboot.proxy.BootTold;
import io.leasehold.netboot.proxy.NetbootDropReason;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import org.junit.jupiter.api.Test;

class BootWatchTest {
    private final WatchFixture lan = new WatchFixture();

    @Test
    void followsAMachineThroughIpxeToItsSystem() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.takesAddress();
        lan.fetches("nbp.efi");
        lan.pass(3);
        lan.asks(BootStage.IPXE, WatchFixture.SCRIPT);
        lan.takesAddress();
        lan.fetches("/boot.ipxe");
        lan.fetches("/vmlinuz");
        lan.pass(20);
        lan.systemAsks();
        lan.pass(600);
        assertThat(lan.verdicts())
                .containsExactly(
                        "booted FIRMWARE NEXT_STAGE nbp.efi", "booted IPXE SYSTEM /vmlinuz");
        assertThat(lan.watch.counts()).containsEntry(BootPhase.BOOTED, 1);
    }

    @Test
    void takesSilenceAfterAWholeFileForABoot() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.takesAddress();
        lan.fetches("nbp.efi");
        lan.pass(59);
        assertThat(lan.verdicts()).isEmpty();
        lan.pass(1);
        assertThat(lan.verdicts()).containsExactly("booted FIRMWARE SILENCE nbp.efi");
    }

    @Test
    void waitsForALongTransferHoweverLongItTakes() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.takesAddress();
        lan.begins();
        lan.pass(1200);
        assertThat(lan.verdicts()).isEmpty();
        assertThat(lan.watch.counts()).containsEntry(BootPhase.FETCHING, 1);
    }

    @Test
    void saysThatNobodyGivesAnAddress() {
        for (int seconds : new int[] {0, 4, 8, 16}) {
            lan.pass(seconds);
            lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        }
        assertThat(lan.verdicts())
                .containsExactly("ADDRESS: asked 3 times in 12 s, and took no address");
    }

    @Test
    void saysThatNothingIsFetched() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.takesAddress();
        lan.pass(61);
        assertThat(lan.verdicts())
                .containsExactly("FETCH: asked, has an address, and fetched nothing");
    }

    @Test
    void leavesOutWhatOthersServe() {
        BootTold others = new BootTold("http://192.0.2.9/x", false, 1, BootMatch.ALL, false);
        lan.asks(BootStage.FIRMWARE, others);
        lan.takesAddress();
        lan.pass(600);
        assertThat(lan.verdicts()).isEmpty();
    }

    @Test
    void saysThatNobodyAskedOnPort4011() {
        lan.asks(BootStage.FIRMWARE, new BootTold("", true, 1, BootMatch.ALL, true));
        lan.takesAddress();
        lan.pass(61);
        assertThat(lan.verdicts())
                .containsExactly("PORT_4011: asked, and never on port 4011 as it was told");
    }

    @Test
    void knowsAMachineByWhereItAskedOnPort4011() {
        lan.asksOn4011(WatchFixture.NBP);
        lan.fetches("nbp.efi");
        assertThat(lan.steps)
                .anyMatch(step -> step instanceof BootStep.Fetched it && it.machine() != null);
    }

    @Test
    void knowsAMachineByTheNeighboursOfThisHost() {
        lan.neighbours.put(WatchFixture.PLACE, WatchFixture.NAME);
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.fetches("nbp.efi");
        assertThat(lan.steps)
                .anyMatch(step -> step instanceof BootStep.Fetched it && it.machine() != null);
        assertThat(lan.watch.counts()).containsEntry(BootPhase.FETCHED, 1);
    }

    @Test
    void tellsOfAStrangersTransferWithoutAMachine() {
        lan.fetches("nbp.efi");
        assertThat(lan.steps)
                .singleElement()
                .matches(step -> step instanceof BootStep.Fetched it && it.machine() == null);
    }

    @Test
    void saysThatTheFileItWasToldIsMissing() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.takesAddress();
        lan.misses("nbp.efi");
        lan.pass(11);
        assertThat(lan.verdicts()).containsExactly("MISSING: \"nbp.efi\": no such file");
    }

    @Test
    void takesNoOffenceAtFilesThatFirmwareOnlyLooksFor() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.takesAddress();
        lan.fetches("nbp.efi");
        lan.misses("autoexec.ipxe");
        lan.pass(61);
        assertThat(lan.verdicts()).containsExactly("booted FIRMWARE SILENCE nbp.efi");
    }

    @Test
    void saysThatAScriptNamesAFileThatIsMissing() {
        lan.asks(BootStage.IPXE, WatchFixture.SCRIPT);
        lan.takesAddress();
        lan.fetches("/boot.ipxe");
        lan.misses("/vmlinux");
        lan.pass(61);
        assertThat(lan.verdicts()).containsExactly("MISSING: \"/vmlinux\": no such file");
    }

    @Test
    void saysWhereATransferBrokeOffUnlessItIsTriedAgain() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.takesAddress();
        lan.begins();
        lan.ends("nbp.efi", BootFetch.Result.BROKEN, 512);
        lan.pass(9);
        assertThat(lan.verdicts()).isEmpty();
        lan.pass(2);
        assertThat(lan.verdicts())
                .containsExactly("TRANSFER: \"nbp.efi\" broke off at byte 512 of 1,000");
        lan.fetches("nbp.efi");
        lan.pass(61);
        assertThat(lan.verdicts()).last().isEqualTo("booted FIRMWARE SILENCE nbp.efi");
    }

    @Test
    void asksForTheSizeAloneAreNoBoot() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.takesAddress();
        lan.begins();
        lan.ends("nbp.efi", BootFetch.Result.PROBED, 0);
        lan.pass(61);
        assertThat(lan.verdicts())
                .containsExactly("FETCH: asked, has an address, and fetched nothing");
    }

    @Test
    void saysThatAMachineGoesRoundAndRound() {
        for (int round = 0; round < 4; round++) {
            lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
            lan.takesAddress();
            lan.fetches("nbp.efi");
            lan.pass(30);
        }
        assertThat(lan.verdicts())
                .containsExactly(
                        "LOOP: \"nbp.efi\": it fetched it and came back, 3 times in a row");
    }

    @Test
    void aRestartEachTenMinutesIsNoLoop() {
        for (int round = 0; round < 5; round++) {
            lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
            lan.takesAddress();
            lan.fetches("nbp.efi");
            lan.pass(600);
        }
        assertThat(lan.verdicts()).hasSize(5).containsOnly("booted FIRMWARE SILENCE nbp.efi");
    }

    @Test
    void saysThatAMachineWentOnWithoutUs() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.takesAddress();
        lan.pass(20);
        lan.systemAsks();
        lan.pass(600);
        assertThat(lan.verdicts())
                .containsExactly(
                        "ELSEWHERE: fetched nothing, and a system without PXE asks for an"
                                + " address now");
    }

    @Test
    void iPxeWithoutARuleHasBootedAndIsLeftAlone() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.takesAddress();
        lan.fetches("nbp.efi");
        lan.watch.leftAlone(WatchFixture.client(BootStage.IPXE), "eth0", NetbootDropReason.NO_RULE);
        lan.pass(600);
        assertThat(lan.verdicts()).containsExactly("booted FIRMWARE NEXT_STAGE nbp.efi");
        assertThat(lan.watch.counts()).containsEntry(BootPhase.STUCK, 1);
    }

    @Test
    void keepsNoMoreMachinesThanItsBound() {
        for (int i = 0; i < BootWatch.MACHINES_MAX + 100; i++) {
            byte[] octets = {2, 0, 0, 0, (byte) (i >> 8), (byte) i};
            HardwareAddress hardware = HardwareAddress.of(HardwareAddress.ETHERNET, octets);
            lan.watch.answered(
                    i,
                    WatchFixture.client(hardware, BootStage.FIRMWARE),
                    "eth0",
                    Ip4Address.of(0x0a000000 + i),
                    MessageType.ACK,
                    WatchFixture.NBP);
        }
        assertThat(lan.watch.counts()).containsEntry(BootPhase.OFFERED, BootWatch.MACHINES_MAX);
    }

    @Test
    void forgetsAMachineAfterAnHour() {
        lan.asks(BootStage.FIRMWARE, WatchFixture.NBP);
        lan.pass(BootWatch.FORGET_MILLIS / 1000 + 1);
        assertThat(lan.watch.counts().values()).containsOnly(0);
    }
}
