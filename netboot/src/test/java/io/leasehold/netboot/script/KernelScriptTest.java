package io.leasehold.netboot.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelScriptTest {
    @Test
    void bootsAKernelWithItsInitrdsAndCommandLine() {
        KernelScript script =
                new KernelScript(
                        "http://10.0.0.1/vmlinuz",
                        List.of("initrd.img", "extra.img"),
                        "console=ttyS0 ds=nocloud-net;s=http://10.0.0.1/ ip=${net0/ip}",
                        "Installing");

        assertThat(script.text())
                .isEqualTo(
                        """
                        #!ipxe
                        echo Installing
                        kernel --name kernel http://10.0.0.1/vmlinuz initrd=initrd0 initrd=initrd1 \
                        console=ttyS0 ds=nocloud-net;s=http://10.0.0.1/ ip=${net0/ip}
                        initrd --name initrd0 initrd.img
                        initrd --name initrd1 extra.img
                        boot kernel
                        """);
    }

    @Test
    void bootsAKernelAlone() {
        assertThat(new KernelScript("a.efi", List.of(), "", "").text())
                .isEqualTo("#!ipxe\nkernel --name kernel a.efi\nboot kernel\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quiet\nsanboot http://x",
                "quiet\r",
                "quiet\0",
                "quiet \\",
                "quiet ; reboot",
                "quiet || shell",
                "quiet && shell",
                "quiet # no more",
                "quiet \u0085"
            })
    void letsNoCommandLineOrMessageBecomeAnotherCommand(String line) {
        assertThatThrownBy(() -> new KernelScript("k", List.of(), line, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cmdline: ");
        assertThatThrownBy(() -> new KernelScript("k", List.of(), "", line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("message: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "--name", ";", "||", "#a", "a\\", "ä"})
    void takesNoKernelOrInitrdThatIsNoName(String name) {
        assertThatThrownBy(() -> new KernelScript(name, List.of(), "", ""))
                .hasMessage("kernel: expected a URL, or the name of a file under the root");
        assertThatThrownBy(() -> new KernelScript("k", List.of(name), "", ""))
                .hasMessage("initrd: expected a URL, or the name of a file under the root");
    }

    @Test
    void keepsToBounds() {
        assertThatThrownBy(() -> new KernelScript("k", List.of(), "a".repeat(4097), ""))
                .hasMessage("cmdline: has 4097 characters, expected 4096 at most");
        assertThatThrownBy(() -> new KernelScript("k", Collections.nCopies(33, "i"), "", ""))
                .hasMessage("initrd: found 33, expected 32 at most");
    }
}
